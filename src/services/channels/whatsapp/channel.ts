import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { deliveryId } from "#channels/meta/delivery";
import { answerHandshake } from "#channels/meta/handshake";
import { check, setup } from "./check.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { sample } from "./sample.ts";
import { markRead, send, typing } from "./send.ts";
import { settings } from "./settings.ts";
import { templates } from "./templates.ts";
import { verify } from "./verify.ts";

/** WhatsApp, through Meta's Cloud API. */
export const whatsapp = defineChannel({
  name: "whatsapp",
  label: "WhatsApp",
  config: settings,
  can: {
    dialect: "whatsapp",
    maxLength: 4_096,
    captionLength: 1_024,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 100 * megabyte },
    buttons: { max: 10, titleLength: 20 },
    typing: true,
    read: true,
    replyWindow: { hours: 24, beyond: "template" },
    template: true,
    receipts: ["sent", "delivered", "read"],
    idempotent: false,
    rate: { perSecond: 80, perThreadPerSecond: 1 },
  },
  handshake: (request, { verifyToken }) => answerHandshake(request, verifyToken),
  verify,
  deliveryId,
  parse,
  send,
  templates,
  typing,
  markRead,
  download,
  setup,
  check,
  sample,
});
