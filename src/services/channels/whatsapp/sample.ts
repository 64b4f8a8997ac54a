import type { SamplePlace, WebhookRequest } from "#channels/channel";
import { signedDelivery } from "#channels/meta/delivery";
import type { Settings } from "./settings.ts";

// A number of those that are given to nobody.
const customer = "15555550100";

/** Makes a delivery of one text, as Meta would send it (Meta, "WhatsApp webhooks reference: messages"). */
export function sample(words: string, settings: Settings, place: SamplePlace): WebhookRequest {
  const timestamp = String(Math.floor(place.now.getTime() / 1_000));
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15555550199", phone_number_id: settings.phoneNumberId },
    contacts: [{ profile: { name: "Test customer" }, wa_id: customer }],
    messages: [{ from: customer, id: `wamid.${place.id}`, timestamp, type: "text", text: { body: words } }],
  };
  const entry = [{ id: settings.businessAccountId, changes: [{ field: "messages", value }] }];
  return signedDelivery({ object: "whatsapp_business_account", entry }, settings.appSecret, place);
}
