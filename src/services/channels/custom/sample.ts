import type { SamplePlace, WebhookRequest } from "#channels/channel";
import type { Settings } from "./settings.ts";
import { signedHeaders } from "./signature.ts";

/** Makes a delivery of one text, as the company's own system would post and sign it. */
export function sample(
  words: string,
  settings: Settings,
  { webhookUrl, now, id }: SamplePlace,
): WebhookRequest {
  const sender = { id: "test-customer", name: "Test customer" };
  const data = { id: `test-${id}`, sender, content: words };
  const body = JSON.stringify({ type: "message.created", timestamp: now.toISOString(), data });
  const headers = new Headers(signedHeaders({ id: `test_${id}`, at: now, body }, settings));
  return { method: "POST", url: new URL(webhookUrl), headers, rawBody: Buffer.from(body), now };
}
