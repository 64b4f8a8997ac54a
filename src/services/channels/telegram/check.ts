import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { CheckReport } from "#contracts/channel";
import { call } from "./client.ts";
import { fullName } from "./content.ts";
import { readingFailure } from "./failures.ts";
import { type TelegramSettings, usernameOf } from "./settings.ts";

/** Asks Telegram whose token this is (core.telegram.org/bots/api, "getMe"). */
export async function check(config: TelegramSettings, outside: Outside): Promise<CheckReport> {
  return reported(async () => {
    const { username } = await call(config, outside, "getMe", {});
    const lines = [{ ok: true, text: `The token belongs to @${username}.` }];
    const known = usernameOf(config);
    if (known !== undefined && known !== username.toLowerCase()) {
      lines.push({
        ok: false,
        text: `The bot username is set to @${known}, so mentions of the bot are missed.`,
      });
    }
    return { ok: lines.every(({ ok }) => ok), account: `@${username}`, lines };
  });
}

// Reactions come only when they are asked for by name (core.telegram.org/bots/api, "setWebhook").
const kinds = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"] as const;

/** Tells Telegram where to deliver and what, and reports how delivery goes ("setWebhook", "getWebhookInfo"). */
export async function setup(
  config: TelegramSettings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  return reported(async () => {
    const webhook = { url: webhookUrl, secret_token: config.webhookSecret, allowed_updates: kinds };
    await call(config, outside, "setWebhook", webhook);
    const delivery = await deliveryLines(config, outside);
    return { ok: true, lines: [{ ok: true, text: "Telegram delivers to Baton now." }, ...delivery] };
  });
}

/** What Telegram tells of a person who wrote to the bot (core.telegram.org/bots/api, "getChat"). */
export async function profile(
  senderId: string,
  config: TelegramSettings,
  outside: Outside,
): Promise<{ name?: string } | undefined> {
  const chat = await call(config, outside, "getChat", { chat_id: senderId });
  const name = chat.type === "private" ? fullName(chat) : undefined;
  return name === undefined ? undefined : { name };
}

async function deliveryLines(config: TelegramSettings, outside: Outside): Promise<CheckReport["lines"]> {
  try {
    const info = await call(config, outside, "getWebhookInfo", {});
    const waiting = info.pending_update_count;
    const lines = [{ ok: true, text: `Deliveries that wait: ${waiting}.` }];
    if (info.last_error_message === undefined) return lines;
    // Telegram keeps an error for good: it matters as long as something still waits.
    return [...lines, { ok: waiting === 0, text: `The last failed delivery: ${info.last_error_message}.` }];
  } catch (error) {
    return [lineOf(error)];
  }
}

async function reported(work: () => Promise<CheckReport>): Promise<CheckReport> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, lines: [lineOf(error)] };
  }
}

function lineOf(error: unknown): CheckReport["lines"][number] {
  if (!(error instanceof DeliveryFailure)) throw error;
  return { ok: false, text: readingFailure(error).message };
}
