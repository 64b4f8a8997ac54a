import type { Verified, WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";
import type { TelegramSettings } from "./settings.ts";

/**
 * Compares the secret that Telegram repeats with each delivery, in constant time; it signs neither body nor moment
 * (core.telegram.org/bots/api, "setWebhook", `secret_token`).
 */
export async function verify(
  { headers }: WebhookRequest,
  { webhookSecret }: TelegramSettings,
): Promise<Verified> {
  const shown = headers.get("x-telegram-bot-api-secret-token");
  return sameText(shown, webhookSecret) ? { ok: true } : { ok: false, reason: "signature" };
}
