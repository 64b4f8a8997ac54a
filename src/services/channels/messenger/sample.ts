import type { SamplePlace, WebhookRequest } from "#channels/channel";
import { signedDelivery } from "#channels/meta/delivery";
import type { Settings } from "./settings.ts";

/** Makes a delivery of one text, as Meta would send it; it tells no names (Meta, "Messenger Platform: messages"). */
export function sample(words: string, { pageId, appSecret }: Settings, place: SamplePlace): WebhookRequest {
  const timestamp = place.now.getTime();
  const message = { mid: `m_${place.id}`, text: words };
  const event = { sender: { id: "test-customer" }, recipient: { id: pageId }, timestamp, message };
  const entry = [{ id: pageId, time: timestamp, messaging: [event] }];
  return signedDelivery({ object: "page", entry }, appSecret, place);
}
