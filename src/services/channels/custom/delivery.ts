import type { WebhookRequest } from "#channels/channel";
import { nameOr } from "#channels/delivery";
import { signed } from "./signature.ts";

/** The id that the sender gives a delivery, and repeats (Standard Webhooks 1.0.0, "Webhook metadata"). */
export function deliveryId({ headers, rawBody }: WebhookRequest): string {
  return nameOr(headers.get(signed.id) ?? undefined, rawBody);
}
