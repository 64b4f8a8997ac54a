import twilio from "twilio";
import type { SamplePlace, WebhookRequest } from "#channels/channel";
import { hashToken } from "#lib/crypto";
import { hasService, type Settings } from "./settings.ts";
import { signatureHeader } from "./verify.ts";

/** Makes a delivery of one text, as Twilio would post and sign it (twilio.com/docs/messaging/guides/webhook-request). */
export function sample(
  words: string,
  settings: Settings,
  { webhookUrl, now, id }: SamplePlace,
): WebhookRequest {
  const url = new URL(webhookUrl);
  const parameters = {
    AccountSid: settings.accountSid,
    MessageSid: `SM${hashToken(id).slice(0, 32)}`,
    // A number of those that are given to nobody.
    From: "+15555550100",
    ProfileName: "Test customer",
    Body: words,
    NumMedia: "0",
    NumSegments: "1",
    ...(hasService(settings)
      ? { To: "+15555550199", MessagingServiceSid: settings.from }
      : { To: settings.from }),
  };
  const signature = twilio.getExpectedTwilioSignature(settings.authToken, url.href, parameters);
  return {
    method: "POST",
    url,
    headers: new Headers({
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      [signatureHeader]: signature,
    }),
    rawBody: Buffer.from(new URLSearchParams(parameters).toString()),
    now,
  };
}
