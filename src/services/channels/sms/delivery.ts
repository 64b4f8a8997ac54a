import twilio from "twilio";
import type { Reply, WebhookRequest } from "#channels/channel";
import { nameOr } from "#channels/delivery";
import { signedParameters } from "./payload.ts";

/** The message and how far it came, as the same message is told of several times; a digest where there is none. */
export function deliveryId(request: WebhookRequest): string {
  const { MessageSid, MessageStatus = "received" } = signedParameters(request) ?? {};
  return nameOr(MessageSid && `${MessageSid}:${MessageStatus}`, request.rawBody);
}

/** Answers with no message: any other text would be sent to the customer (twilio.com/docs/messaging/twiml). */
export function acknowledge(): Reply {
  return { status: 200, body: new twilio.twiml.MessagingResponse().toString(), contentType: "text/xml" };
}
