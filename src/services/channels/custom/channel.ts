import { defineChannel } from "#channels/channel";
import { check } from "./check.ts";
import { download } from "./media.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { CustomSettings } from "./settings.ts";
import { signed } from "./signature.ts";
import { verify } from "./verify.ts";

/** A system of the company's own, spoken to by signed webhooks both ways (Standard Webhooks 1.0.0). */
export const custom = defineChannel({
  name: "custom",
  label: "Custom webhook",
  config: CustomSettings,
  can: {
    dialect: "markdown",
    maxLength: 20_000,
    // A file travels as its address, so the limit is that of what we keep.
    captionLength: 40000,
    media: { kinds: ["image", "audio", "video", "document"], maxBytes: 100 * 1024 * 1024 },
    typing: false,
    read: false,
    template: false,
    receipts: ["delivered", "read"],
    // Receivers take one webhook-id once.
    idempotent: true,
    rate: { perSecond: 20 },
  },
  verify,
  deliveryId: ({ headers }) => headers.get(signed.id)?.slice(0, 255) ?? "",
  parse,
  send,
  download,
  check,
});
