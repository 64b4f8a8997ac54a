import type { SamplePlace, WebhookRequest } from "#channels/channel";
import { hashToken } from "#lib/crypto";
import type { Settings } from "./settings.ts";
import { secretHeader } from "./verify.ts";

// Who never wrote to the bot: Telegram would take no answer for them.
const customer = { id: 1, first_name: "Test", last_name: "customer" };

/** Makes a delivery of one private text, as Telegram would post it (core.telegram.org/bots/api, "Update"). */
export function sample(
  words: string,
  { webhookSecret }: Settings,
  { webhookUrl, now, id }: SamplePlace,
): WebhookRequest {
  // Telegram counts its messages, so the id becomes a number that none of theirs has.
  const number = Number.parseInt(hashToken(id).slice(0, 12), 16);
  const message = {
    message_id: number,
    date: Math.floor(now.getTime() / 1_000),
    from: { ...customer, is_bot: false },
    chat: { ...customer, type: "private" },
    text: words,
  };
  return {
    method: "POST",
    url: new URL(webhookUrl),
    headers: new Headers({ "content-type": "application/json", [secretHeader]: webhookSecret }),
    rawBody: Buffer.from(JSON.stringify({ update_id: number, message })),
    now,
  };
}
