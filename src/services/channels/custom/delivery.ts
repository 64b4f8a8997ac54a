import type { WebhookRequest } from "#channels/channel";
import { signed } from "./signature.ts";

/** The id that the sender gives a delivery, and repeats (Standard Webhooks 1.0.0, "Webhook metadata"). */
export function deliveryId({ headers }: WebhookRequest): string {
  return headers.get(signed.id)?.slice(0, 255) ?? "";
}
