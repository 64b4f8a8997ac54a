import { defineChannel } from "#channels/channel";
import { check, profile } from "./check.ts";
import { download, maxFileBytes } from "./media.ts";
import { deliveryId, parse } from "./parse.ts";
import { send } from "./send.ts";
import { settings } from "./settings.ts";
import { acknowledge, handshake, verify } from "./verify.ts";

/** Slack: direct messages with the company's app, and threads of channels that call it. */
export const slack = defineChannel({
  name: "slack",
  label: "Slack",
  config: settings,
  can: {
    dialect: "slack",
    // A section above buttons holds 3,000 characters ("Block Kit"), and no more than 4,000 read well without it.
    maxLength: 3_000,
    captionLength: 3000,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: maxFileBytes },
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
});
