import { z } from "zod";
import type { WebhookRequest } from "#channels/channel";
import { jsonIn, readAs } from "#channels/json";
import { keepable } from "#channels/words";

/** The parameters of a delivery. */
export type Parameters = z.output<typeof Parameters>;
const Parameters = z.record(z.string(), z.coerce.string());

/** What a delivery says: a form, to the letter as it was signed, or JSON where the address carries the body's digest. */
export function signedParameters({ rawBody, url }: WebhookRequest): Parameters | undefined {
  if (isDigested(url)) return Parameters.safeParse(jsonIn(rawBody)).data;
  return Object.fromEntries(new URLSearchParams(rawBody.toString("utf8")));
}

/** The same in the form that can be kept. Throws where it cannot be read. */
export function parametersOf(request: WebhookRequest): Parameters {
  return readAs(Parameters, keepable(signedParameters(request)));
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
