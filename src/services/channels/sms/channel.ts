import twilio from "twilio";
import { defineChannel } from "#channels/channel";
import { check, setup } from "./check.ts";
import { download } from "./media.ts";
import { deliveryId, parse } from "./parse.ts";
import { send } from "./send.ts";
import { SmsSettings } from "./settings.ts";
import { verify } from "./verify.ts";

/** SMS and MMS by Twilio (twilio.com/docs/messaging). */
export const sms = defineChannel({
  name: "sms",
  label: "SMS",
  config: SmsSettings,
  can: {
    dialect: "plain",
    maxLength: 1_600,
    captionLength: 1600,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 5 * 1024 * 1024 },
    typing: false,
    read: false,
    template: false,
    receipts: ["sent", "delivered"],
    idempotent: false,
    // Twilio queues what a number cannot send at once; one a second keeps a customer's parts in order.
    rate: { perSecond: 10, perThreadPerSecond: 1 },
  },
  verify,
  deliveryId,
  // Any other text would be sent to the customer as an answer (twilio.com/docs/messaging/twiml).
  acknowledge: () => ({
    status: 200,
    body: new twilio.twiml.MessagingResponse().toString(),
    contentType: "text/xml",
  }),
  parse,
  send,
  download,
  setup,
  check,
});
