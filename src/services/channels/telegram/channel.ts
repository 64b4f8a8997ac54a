import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { check, setup } from "./check.ts";
import { acknowledge, deliveryId } from "./delivery.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { profile } from "./profile.ts";
import { sample } from "./sample.ts";
import { send, typing } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** Telegram's Bot API over a webhook (core.telegram.org/bots/api). */
export const telegram = defineChannel({
  name: "telegram",
  label: "Telegram",
  config: settings,
  can: {
    dialect: "telegram",
    maxLength: 4_096,
    captionLength: 1_024,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 50 * megabyte },
    buttons: { max: 12, titleLength: 64 },
    typing: true,
    // Telegram tells bots of no reading, and lets them tell of none.
    read: false,
    template: false,
    receipts: [],
    idempotent: false,
    // core.telegram.org/bots/faq, "My bot is hitting limits": thirty a second in all, one in a chat.
    rate: { perSecond: 30, perThreadPerSecond: 1 },
  },
  verify,
  deliveryId,
  acknowledge,
  parse,
  send,
  typing,
  download,
  profile,
  setup,
  check,
  sample,
});
