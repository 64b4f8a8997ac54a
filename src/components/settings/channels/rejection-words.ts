import type { z } from "zod";
import type { PlatformName } from "#contracts/channel";
import type { ConnectionHealth, RejectionReason } from "#contracts/connections";

type Rejection = z.infer<typeof ConnectionHealth>["rejections"][number];

const names: Record<RejectionReason, string> = {
  signature: "Bad signature",
  stale: "Too old",
  malformed: "Not understood",
  wrong_account: "Another account",
  wrong_path: "Wrong address",
  verify_token: "Wrong verify token",
};

const wrongSecret: Record<PlatformName, string> = {
  whatsapp: "the app secret here is probably not the one of your Meta app",
  messenger: "the app secret here is probably not the one of your Meta app",
  telegram:
    "Telegram sends another webhook secret than the one here; “Set up webhook” gives Telegram the right one",
  slack: "the signing secret here is probably not the one of your Slack app",
  teams: "the Microsoft App ID here is probably not the one of the bot that delivers",
  sms: "the auth token here is probably not the primary one of your Twilio account, or Twilio was given another address than the webhook URL here",
  custom: "your system probably signs with another secret than the one here",
};

const wrongAccount: Record<PlatformName, string> = {
  whatsapp: "the phone number ID or the account ID here is not the one that the messages came for",
  messenger: "the Page ID here is not the one that the messages came for",
  telegram: "the messages came for another bot",
  slack: "the workspace ID or the app ID here is not the one that the messages came from",
  teams: "the tenant ID here is not the one that the messages came from",
  sms: "the account SID or the number here is not the one that the messages came for",
  custom: "the messages were meant for another connection",
};

/** The name of a reason for which deliveries are refused. */
export function rejectionName(reason: RejectionReason): string {
  return names[reason];
}

/** How often deliveries were refused, and what is probably wrong, as one sentence. */
export function rejectionSentence(channel: PlatformName, { reason, count }: Rejection): string {
  return `${names[reason]}, ${count} in the last 7 days: ${hint(channel, reason)}.`;
}

function hint(channel: PlatformName, reason: RejectionReason): string {
  switch (reason) {
    case "signature":
      return wrongSecret[channel];
    case "stale":
      return "their time was too far from this server's clock; see that the clock of both sides is right";
    case "malformed":
      return "they do not look like the platform's; probably something else calls the webhook URL";
    case "wrong_account":
      return wrongAccount[channel];
    case "wrong_path":
      return "the address that was called is not this connection's; copy the webhook URL from here once more";
    case "verify_token":
      return "the verify token that the platform was given is not the one here; enter the same one on both sides";
  }
}
