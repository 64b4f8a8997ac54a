import { z } from "zod";
import type { Reply, WebhookRequest } from "#channels/channel";
import { emptyReply, nameOr } from "#channels/delivery";
import { readAs } from "#channels/json";
import { isCertificateProbe, readBody } from "./body.ts";

// The event's id, an interaction's or a command's `trigger_id`.
const Ids = z.looseObject({ event_id: z.string().optional(), trigger_id: z.string().optional() });

/** Answers Slack's look at the certificate, which carries no signature. */
export function handshake(request: WebhookRequest): Reply | undefined {
  return isCertificateProbe(request) ? emptyReply : undefined;
}

/** The id that Slack repeats when it delivers again; a digest where there is none. */
export function deliveryId(request: WebhookRequest): string {
  const { event_id, trigger_id } = idsOf(request);
  return nameOr(event_id ?? trigger_id, request.rawBody);
}

/** Repeats the challenge by which Slack tries a new address ("url_verification event"), and else says nothing. */
export function acknowledge(request: WebhookRequest): Reply {
  const challenge = challengeOf(request);
  if (challenge === undefined) return emptyReply;
  return { status: 200, body: JSON.stringify({ challenge }), contentType: "application/json" };
}

function challengeOf(request: WebhookRequest): string | undefined {
  try {
    const { kind, fields } = readBody(request);
    if (kind !== "event" || fields.type !== "url_verification") return undefined;
    return readAs(z.string(), fields.challenge);
  } catch {
    // What cannot be read is kept all the same.
    return undefined;
  }
}

function idsOf(request: WebhookRequest) {
  try {
    return readAs(Ids, readBody(request).fields);
  } catch {
    // A body that nobody can read is still one delivery.
    return {};
  }
}
