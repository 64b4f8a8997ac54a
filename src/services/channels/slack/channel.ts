import { defineChannel } from "#channels/channel";
import { megabyte } from "#channels/media";
import { check } from "./check.ts";
import { acknowledge, deliveryId, handshake } from "./delivery.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { profile } from "./profile.ts";
import { sample } from "./sample.ts";
import { send } from "./send.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

/** Slack: direct messages with the company's app, and threads of channels that call it. */
export const slack = defineChannel({
  name: "slack",
  label: "Slack",
  config: settings,
  can: {
    dialect: "slack",
    // A section above buttons holds 3,000 characters ("Block Kit"), and no more than 4,000 read well without it.
    maxLength: 3_000,
    captionLength: 3_000,
    // Slack takes 1 GB; more than this does not pass within one try.
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 50 * megabyte },
    buttons: { max: 25, titleLength: 75 },
    typing: false,
    read: false,
    template: false,
    receipts: [],
    idempotent: false,
    // "Rate limits": one message a second in a channel, several hundred a minute in a workspace.
    rate: { perSecond: 5, perThreadPerSecond: 1 },
  },
  handshake,
  verify,
  deliveryId,
  acknowledge,
  parse,
  send,
  download,
  profile,
  check,
  sample,
});
