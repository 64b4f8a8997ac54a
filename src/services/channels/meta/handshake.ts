import type { Reply, WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";

/**
 * Answers the request with which Meta asks whether an address is ours: the challenge back where it knows our token,
 * a refusal where it does not (Meta, "Webhooks: verification requests").
 */
export function answerHandshake({ method, url }: WebhookRequest, verifyToken: string): Reply | undefined {
  const asked = url.searchParams;
  if (method !== "GET" || !asked.has("hub.mode")) return undefined;
  const known = sameText(asked.get("hub.verify_token"), verifyToken) && asked.get("hub.mode") === "subscribe";
  // Plain text: what a stranger puts into the query must never be read as a page.
  if (!known) return { status: 403, body: "", contentType: "text/plain" };
  return { status: 200, body: asked.get("hub.challenge") ?? "", contentType: "text/plain" };
}
