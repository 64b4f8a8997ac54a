import { env } from "#lib/env";
import type { Reply, WebhookRequest } from "#services/channels";

/** The most bytes of one delivery: WhatsApp gathers up to 3 MB (Meta, "Webhooks"). */
export const deliveryLimit = 4 * 1024 * 1024;

/** The most bytes of what is told of a call: one of a whole working day, word by word, has fewer. */
export const reportLimit = 8 * 1024 * 1024;

/** A request as its platform sent it, under the address that the platform was given: never the one that `Host` claims. */
export function webhookRequest(request: Request, rawBody: Buffer): WebhookRequest {
  const origin = /^https?:\/\/[^/]+/;
  return {
    method: request.method === "GET" ? "GET" : "POST",
    url: new URL(request.url.replace(origin, env.PUBLIC_BASE_URL)),
    headers: request.headers,
    rawBody,
    now: new Date(),
  };
}

/** An adapter's reply as a response. */
export function webhookReply({ status, body, contentType }: Reply): Response {
  // Without a body of its own an empty reply leaves in one write.
  return new Response(body === "" ? null : body, {
    status,
    headers: { "content-type": contentType, "cache-control": "no-store" },
  });
}
