import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { deliveryId } from "#channels/meta/delivery";
import { answerHandshake } from "#channels/meta/handshake";
import { check, setup } from "./check.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { profile } from "./profile.ts";
import { sample } from "./sample.ts";
import { markRead, send, typing } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** Facebook Messenger, as one Page. */
export const messenger = defineChannel({
  name: "messenger",
  label: "Messenger",
  config: settings,
  can: {
    dialect: "plain",
    maxLength: 2_000,
    captionLength: 0,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 25 * megabyte },
    buttons: { max: 13, titleLength: 20 },
    typing: true,
    read: true,
    replyWindow: { hours: 24, humanHours: 7 * 24, beyond: "nothing" },
    template: false,
    receipts: ["delivered", "read"],
    idempotent: false,
    rate: { perSecond: 40 },
  },
  handshake: (request, { verifyToken }) => answerHandshake(request, verifyToken),
  verify,
  deliveryId,
  parse,
  send,
  typing,
  markRead,
  download,
  profile,
  setup,
  check,
  sample,
});
