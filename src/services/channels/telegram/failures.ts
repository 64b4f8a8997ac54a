import { TelegramError } from "telegraf";
import { DeliveryFailure, networkFailure, statusFailure } from "#channels/failure";

// Telegram numbers its refusals no finer than HTTP does, so its description is the only key to the rest
// (core.telegram.org/bots/api, "Making requests").
const refusals: { name: string; told: RegExp; words: string }[] = [
  { name: "blocked", told: /blocked by the user/i, words: "The customer has blocked the bot." },
  { name: "gone", told: /user is deactivated/i, words: "The customer's Telegram account no longer exists." },
  { name: "unstarted", told: /can't initiate/i, words: "The customer has to write to the bot first." },
  { name: "removed", told: /kicked|not a member/i, words: "The bot is no longer in this group." },
  {
    name: "migrated",
    told: /upgraded to a supergroup/i,
    words: "The group has become a supergroup, where it goes on as a new conversation.",
  },
  { name: "chat", told: /chat not found/i, words: "Telegram does not know this chat any more." },
  {
    name: "topic",
    told: /thread not found|topic_(closed|deleted)/i,
    words: "This topic of the group was closed or deleted.",
  },
  {
    name: "rights",
    told: /not enough rights|have no rights|write_forbidden/i,
    words: "The bot may not write in this group.",
  },
  { name: "voice", told: /voice_messages_forbidden/i, words: "The customer takes no voice messages." },
  { name: "long", told: /too long/i, words: "The text is longer than Telegram takes." },
  { name: "large", told: /too (big|large)/i, words: "The file is larger than Telegram takes." },
  { name: "markup", told: /can't parse entities/i, words: "Telegram could not read the formatting." },
  { name: "photo", told: /photo_|image_process_failed/i, words: "Telegram could not read the picture." },
];

/** Reads why a call to Telegram failed; what it gives holds neither the token nor a word of the message. */
export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  if (!(error instanceof TelegramError)) return networkFailure(bare(error), "Telegram");
  const { code: status, description, parameters } = error;
  const code = String(status);
  // A token that Telegram never gave out makes an address that it does not know.
  if (status === 401 || status === 404) {
    return new DeliveryFailure("revoked", code, "Telegram does not accept the bot token: enter a new one.");
  }
  const known = refusals.find(({ told }) => told.test(description));
  if (known === undefined || status === 429 || status >= 500) {
    return statusFailure(status, "Telegram", { code, retryAfter: parameters?.retry_after });
  }
  return new DeliveryFailure("permanent", `${code}:${known.name}`, known.words);
}

// The client's own error names the address, which holds the token; its code is all that is needed.
function bare(error: unknown): Error {
  const told = new Error("The request to Telegram failed.");
  return error instanceof Error && "code" in error ? Object.assign(told, { code: error.code }) : told;
}
