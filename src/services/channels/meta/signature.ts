import { createHmac } from "node:crypto";
import type { WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";

/** Says whether a delivery carries Meta's signature over its raw bytes (Meta, "Webhooks: validate payloads"). */
export function isSigned({ headers, rawBody }: WebhookRequest, appSecret: string): boolean {
  return sameText(headers.get("x-hub-signature-256"), `sha256=${signed(rawBody, appSecret)}`);
}

/** Proves to Meta that who holds the token holds the app's secret too (Meta, "Securing Graph API requests"). */
export function secretProof(token: string, appSecret: string): string {
  return signed(token, appSecret);
}

function signed(value: Buffer | string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(value).digest("hex");
}
