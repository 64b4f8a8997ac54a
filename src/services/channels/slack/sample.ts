import { createHmac } from "node:crypto";
import type { SamplePlace, WebhookRequest } from "#channels/channel";
import { withEntities } from "#channels/text/dialects/writer";
import { hashToken } from "#lib/crypto";
import type { Settings } from "./settings.ts";
import { signed } from "./verify.ts";

/** Makes a delivery of one direct message, as Slack would post and sign it; it tells no names ("message.im event"). */
export function sample(
  words: string,
  settings: Settings,
  { webhookUrl, now, id }: SamplePlace,
): WebhookRequest {
  const seconds = String(Math.floor(now.getTime() / 1_000));
  const body = JSON.stringify({
    type: "event_callback",
    team_id: settings.teamId,
    api_app_id: settings.appId,
    event_id: `Ev${id}`,
    event_time: Number(seconds),
    event: {
      type: "message",
      channel: "D0TESTCUSTOMER",
      channel_type: "im",
      user: "U0TESTCUSTOMER",
      text: withEntities(words),
      ts: `${seconds}.${microseconds(id)}`,
    },
  });
  return {
    method: "POST",
    url: new URL(webhookUrl),
    headers: new Headers({
      "content-type": "application/json",
      [signed.timestamp]: seconds,
      [signed.signature]: signatureOf(seconds, body, settings.signingSecret),
    }),
    rawBody: Buffer.from(body),
    now,
  };
}

// docs.slack.dev, "Verifying requests from Slack": Bolt checks a signature and makes none.
function signatureOf(seconds: string, body: string, signingSecret: string): string {
  return `v0=${createHmac("sha256", signingSecret).update(`v0:${seconds}:${body}`).digest("hex")}`;
}

// The part of a `ts` that tells messages of one second apart.
function microseconds(id: string): string {
  return String(Number.parseInt(hashToken(id).slice(0, 8), 16) % 1_000_000).padStart(6, "0");
}
