import { Webhook } from "standardwebhooks";
import type { Settings } from "./settings.ts";

/** The headers of a signed webhook (Standard Webhooks 1.0.0, "Webhook metadata"). */
export const signed = { id: "webhook-id", timestamp: "webhook-timestamp", signature: "webhook-signature" };

/** What a body is sent with: its id, its moment, and its signature. */
export function signedHeaders(
  { id, at, body }: { id: string; at: Date; body: string },
  settings: Settings,
): Record<string, string> {
  return {
    "content-type": "application/json",
    [signed.id]: id,
    [signed.timestamp]: String(Math.floor(at.getTime() / 1_000)),
    [signed.signature]: signaturesOf(id, at, body, settings).join(" "),
  };
}

/** The signatures of a body by every secret that is in force, the newest first. */
export function signaturesOf(id: string, at: Date, body: string, settings: Settings): string[] {
  const { secret, previousSecret } = settings;
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  return secrets.map((each) => new Webhook(each).sign(id, at, body));
}
