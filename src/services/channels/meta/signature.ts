import { createHmac } from "node:crypto";
import type { WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";

/** The header that Meta's signature stands in (Meta, "Webhooks: validate payloads"). */
export const signatureHeader = "x-hub-signature-256";

/** Says whether a delivery carries Meta's signature over its raw bytes. */
export function isSigned({ headers, rawBody }: WebhookRequest, appSecret: string): boolean {
  return sameText(headers.get(signatureHeader), signatureOf(rawBody, appSecret));
}

/** Signs the raw bytes of a delivery as Meta does. */
export function signatureOf(rawBody: Buffer, appSecret: string): string {
  return `sha256=${signed(rawBody, appSecret)}`;
}

/** Proves to Meta that who holds the token holds the app's secret too (Meta, "Securing Graph API requests"). */
export function secretProof(token: string, appSecret: string): string {
  return signed(token, appSecret);
}

function signed(value: Buffer | string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(value).digest("hex");
}
