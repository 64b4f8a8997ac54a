import { z } from "zod";
import type { WebhookRequest } from "#channels/channel";

/** Reads the parameters of a delivery: a form, or JSON where the address carries the digest of the body. */
export function parametersOf({ rawBody, url }: WebhookRequest): Record<string, string> {
  const body = rawBody.toString("utf8");
  if (!isDigested(url)) return Object.fromEntries(new URLSearchParams(body));
  return z.record(z.string(), z.coerce.string()).parse(JSON.parse(body));
}

/** Whether Twilio signed the digest of the body instead of its parameters (twilio.com/docs/usage/security). */
export function isDigested(url: URL): boolean {
  return url.searchParams.has("bodySHA256");
}

// Twilio leaves out what it does not know, or sends it empty.
const Sid = z.string().min(1);
const Maybe = z
  .string()
  .transform((text) => (text === "" ? undefined : text))
  .optional();

/** A message of a customer (twilio.com/docs/messaging/guides/webhook-request). */
export const IncomingSms = z.looseObject({
  MessageSid: Sid,
  From: Sid,
  To: Sid,
  Body: z.string().default(""),
  NumMedia: z.coerce.number().int().min(0).max(10).default(0),
  NumSegments: Maybe,
  OptOutType: Maybe,
  ProfileName: Maybe,
  OriginalRepliedMessageSid: Maybe,
  ButtonPayload: Maybe,
  FromCity: Maybe,
  FromState: Maybe,
  FromCountry: Maybe,
});
export type IncomingSms = z.output<typeof IncomingSms>;

/** How far a message of ours came (twilio.com/docs/messaging/guides/track-outbound-message-status). */
export const StatusCallback = z.looseObject({
  MessageSid: Sid,
  MessageStatus: Sid,
  To: Maybe,
  ErrorCode: Maybe,
});
export type StatusCallback = z.output<typeof StatusCallback>;
