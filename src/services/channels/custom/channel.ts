import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { check } from "./check.ts";
import { deliveryId } from "./delivery.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { sample } from "./sample.ts";
import { send } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** A system of the company's own, spoken to by signed webhooks both ways (Standard Webhooks 1.0.0). */
export const custom = defineChannel({
  name: "custom",
  label: "Custom webhook",
  config: settings,
  can: {
    dialect: "markdown",
    maxLength: 20_000,
    // A file travels as its address, so the limit is that of what we keep.
    captionLength: 40_000,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 100 * megabyte },
    typing: false,
    read: false,
    template: false,
    receipts: ["delivered", "read"],
    // Receivers take one webhook-id once.
    idempotent: true,
    rate: { perSecond: 20 },
    // Standard Webhooks 1.0.0, "Deliverability and reliability": from five seconds to a day.
    waits: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
  },
  verify,
  deliveryId,
  parse,
  send,
  download,
  check,
  sample,
});
