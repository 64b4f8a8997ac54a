import { hashToken } from "#lib/crypto";
import {
  jsonIn,
  outsideOf,
  PostCallHead,
  type Reply,
  verifyPostCall,
  voiceSettings,
  type WebhookRequest,
} from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { findCall } from "#services/conversations";
import { takeIn } from "#services/webhooks";
import { signedLine } from "./signed-line.ts";

const accepted: Reply = { status: 200, body: "", contentType: "text/plain; charset=utf-8" };
/** A body names its agent and the agent's number once. */
const mostNames = 4;

/**
 * Takes in what ElevenLabs tells of a call that is over: it is stored before it is acknowledged, once however often it
 * comes. Throws `unauthenticated` for what no line's secret has signed lately.
 */
export async function receivePostCall(request: WebhookRequest, ip: string): Promise<Reply> {
  const { rawBody, now } = request;
  const text = rawBody.toString("utf8");
  const line = await signedLine({
    names: namesIn(text),
    verify: ({ config }) => verifyPostCall(request, voiceSettings.parse(config).voicePostCallSecret),
    ip,
    now,
  });
  const head = PostCallHead.safeParse(jsonIn(text)).data;
  const told = head === undefined ? hashToken(text) : `${head.type}:${head.data.conversation_id}`;
  await store(line, `post-call:${told}`, request);
  return accepted;
}

/**
 * Takes in how far a call came, as Twilio tells it of a line's number, or of the account of a line that has a messaging
 * service instead. Throws `unauthenticated` for what Twilio has not
 * signed with the line's token.
 */
export async function receiveCallStatus(request: WebhookRequest, ip: string): Promise<Reply> {
  const parameters = new URLSearchParams(request.rawBody.toString("utf8"));
  const told = (name: string) => parameters.get(name) ?? undefined;
  const outside = outsideOf("sms", () => request.now);
  const line = await signedLine({
    names: [told("To"), told("From"), told("AccountSid")],
    verify: ({ adapter, config }) => adapter.verify(request, config, outside),
    // An account may have several messaging services, and one token for all.
    knows: async ({ companyId, id: connectionId }) =>
      (await findCall(companyId, { connectionId, callSid: told("CallSid") })) !== undefined,
    ip,
    now: request.now,
  });
  const step = ["CallSid", "CallStatus", "SequenceNumber"].map((name) => told(name) ?? "").join(":");
  await store(line, `call:${step}`, request);
  return accepted;
}

// Looked for, not parsed: a forged body must not reach the JSON parser. In what was said such a text has other quotes.
function namesIn(text: string): string[] {
  const found = [...text.matchAll(/"agent_(?:id|number)"\s*:\s*"(\+?[A-Za-z0-9_-]{4,100})"/g)];
  return [...new Set(found.map(([, name = ""]) => name))].slice(0, mostNames);
}

async function store({ companyId, id }: OpenConnection, platformId: string, request: WebhookRequest) {
  await takeIn({ companyId, connectionId: id, platformId: platformId.slice(0, 255), request });
}
