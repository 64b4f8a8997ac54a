import { defineChannel } from "#channels/channel";
import { check } from "./check.ts";
import { acknowledge, deliveryId } from "./delivery.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { picture, send, typing } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** Microsoft Teams, over the Bot Framework protocol. */
export const teams = defineChannel({
  name: "teams",
  label: "Microsoft Teams",
  config: settings,
  can: {
    dialect: "teams",
    // Teams counts UTF-16 and took 28 KB where it was strictest.
    maxLength: 12_000,
    captionLength: 0,
    media: { kinds: ["image"], maxBytes: picture.mostBytes },
    buttons: { max: 6, titleLength: 50 },
    typing: true,
    read: false,
    template: false,
    receipts: ["read"],
    idempotent: false,
    // learn.microsoft.com, "Optimize your bot with rate limiting": 30 a second for an app in an organisation, and in one
    // conversation 60 in 30 seconds.
    rate: { perSecond: 30, perThreadPerSecond: 2 },
  },
  verify,
  deliveryId,
  acknowledge,
  parse,
  send,
  typing,
  download,
  check,
});
