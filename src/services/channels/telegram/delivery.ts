import type { Reply, WebhookRequest } from "#channels/channel";
import { emptyReply, nameOr } from "#channels/delivery";
import { envelopeOf } from "./payload.ts";

/** The number of the update; for a body without one a digest, so that it can still be kept. */
export function deliveryId({ rawBody }: WebhookRequest): string {
  return nameOr(envelopeOf(rawBody)?.update_id, rawBody);
}

/**
 * Ends the waiting circle on a pressed button: a call may be made in the answer itself
 * (core.telegram.org/bots/api, "Making requests when getting updates").
 */
export function acknowledge({ rawBody }: WebhookRequest): Reply {
  const pressed = envelopeOf(rawBody)?.callback_query;
  if (pressed === undefined) return emptyReply;
  const body = JSON.stringify({ method: "answerCallbackQuery", callback_query_id: pressed.id });
  return { status: 200, body, contentType: "application/json" };
}
