import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { check, setup } from "./check.ts";
import { acknowledge, deliveryId } from "./delivery.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { sample } from "./sample.ts";
import { send } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** SMS and MMS by Twilio (twilio.com/docs/messaging). */
export const sms = defineChannel({
  name: "sms",
  label: "SMS",
  config: settings,
  can: {
    dialect: "plain",
    maxLength: 1_600,
    captionLength: 1_600,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 5 * megabyte },
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
  acknowledge,
  parse,
  send,
  download,
  setup,
  check,
  sample,
});
