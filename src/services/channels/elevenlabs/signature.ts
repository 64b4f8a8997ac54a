import { createHmac } from "node:crypto";
import type { Verified, WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";

/** The header that the signature of a post-call delivery stands in (elevenlabs.io/docs, "Post-call webhooks"). */
export const signatureHeader = "elevenlabs-signature";

/** The header in which ElevenLabs is told to show the secret of the conversation-initiation webhook, which it does not sign. */
export const initiationHeader = "x-baton-secret";

const oldestSeconds = 30 * 60;
const newestSeconds = 5 * 60;

/** Checks ElevenLabs' signature over the raw body, and that it was made within half an hour. */
export function verifyPostCall(
  { headers, rawBody, now }: Pick<WebhookRequest, "headers" | "rawBody" | "now">,
  secret: string | undefined,
): Verified {
  const given = headers.get(signatureHeader) ?? "";
  const at = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(given)?.[1];
  if (secret === undefined || at === undefined) return { ok: false, reason: "signature" };
  const expected = signature(secret, at, rawBody);
  const signatures = given.split(",").flatMap((part) => (part.startsWith("v0=") ? [part.slice(3)] : []));
  if (!signatures.some((each) => sameText(each, expected))) return { ok: false, reason: "signature" };
  const age = now.getTime() / 1_000 - Number(at);
  return age > oldestSeconds || age < -newestSeconds ? { ok: false, reason: "stale" } : { ok: true };
}

/** The signature of a body that was signed at a moment, in seconds since 1970. */
export function signature(secret: string, seconds: string | number, rawBody: Buffer | string): string {
  return createHmac("sha256", secret).update(`${seconds}.`).update(rawBody).digest("hex");
}

/** Whether a conversation-initiation request shows the number's own secret. */
export function showsInitiationSecret(headers: Headers, secret: string | undefined): boolean {
  return secret !== undefined && sameText(headers.get(initiationHeader), secret);
}
