import { Webhook } from "standardwebhooks";
import type { CustomSettings } from "./settings.ts";

/** The headers of a signed webhook (Standard Webhooks 1.0.0, "Webhook metadata"). */
export const signed = { id: "webhook-id", timestamp: "webhook-timestamp", signature: "webhook-signature" };

/** The signatures of a body by every secret that is in force, the newest first. */
export function signaturesOf(id: string, at: Date, body: string, settings: CustomSettings): string[] {
  const { secret, previousSecret } = settings;
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  return secrets.map((each) => new Webhook(each).sign(id, at, body));
}
