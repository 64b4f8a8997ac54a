import { defineChannel } from "#channels/channel";
import { check, profile, setup } from "./check.ts";
import { download } from "./media.ts";
import { acknowledge, deliveryId, parse } from "./parse.ts";
import { send, typing } from "./send.ts";
import { TelegramSettings } from "./settings.ts";
import { verify } from "./verify.ts";

/** Telegram's Bot API over a webhook (core.telegram.org/bots/api). */
export const telegram = defineChannel({
  name: "telegram",
  label: "Telegram",
  config: TelegramSettings,
  can: {
    dialect: "telegram",
    maxLength: 4_096,
    captionLength: 1024,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 50 * 1024 * 1024 },
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
});
