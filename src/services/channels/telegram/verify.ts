import type { Verified, WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";
import type { Settings } from "./settings.ts";

/** The header that Telegram repeats the secret in. */
export const secretHeader = "x-telegram-bot-api-secret-token";

/**
 * Says whether a delivery shows the secret that Telegram was given; it signs neither body nor moment
 * (core.telegram.org/bots/api, "setWebhook", `secret_token`).
 */
export async function verify({ headers }: WebhookRequest, { webhookSecret }: Settings): Promise<Verified> {
  const shown = headers.get(secretHeader);
  return sameText(shown, webhookSecret) ? { ok: true } : { ok: false, reason: "signature" };
}
