import { setTimeout as pause } from "node:timers/promises";
import type { InitiationAnswer } from "#contracts/telephony";
import { hashToken } from "#lib/crypto";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import {
  Initiation,
  jsonIn,
  showsInitiationSecret,
  voiceSettings,
  type WebhookRequest,
} from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { takeIn } from "#services/webhooks";
import { callersNumber } from "./callers-number.ts";
import { phoneMemory } from "./memory.ts";
import { holderOf } from "./phone-holder.ts";
import { signedLine } from "./signed-line.ts";
import { type Occasion, safeVariables, voiceVariables } from "./voice-variables.ts";

/** It rings meanwhile: what is not known by then is not waited for. */
const patienceMs = 150;

/**
 * Tells a voice agent what is known of who calls, at once, and stores that they do. What cannot be read in time leaves
 * values that are safe for a stranger. Throws `invalid` for what is no such request, and `unauthenticated` without the
 * secret of the line that is called.
 */
export async function answerInitiation(request: WebhookRequest, ip: string): Promise<InitiationAnswer> {
  const { headers, rawBody, now } = request;
  const asked = Initiation.safeParse(jsonIn(rawBody)).data;
  if (asked === undefined) throw new AppError("invalid", "The body must be JSON that says who calls whom.");
  const { called_number: called, agent_id: agent, caller_id } = asked;
  const line = await signedLine({
    names: [called, agent],
    verify: ({ config }) =>
      showsInitiationSecret(headers, voiceSettings.parse(config).voiceInitiationSecret)
        ? { ok: true }
        : { ok: false, reason: "signature" },
    ip,
    now,
  });
  const { companyId } = line;
  const occasion = { companyId, number: callersNumber(caller_id) };
  const [known] = await Promise.all([
    inTime(variablesFor(occasion), safeVariables(occasion)),
    // A call that could not be noted rings all the same, and is told of again when it is over.
    inTime(store(line, request, asked.call_sid), undefined),
  ]);
  return { type: "conversation_initiation_client_data", dynamic_variables: known };
}

async function variablesFor(occasion: Occasion) {
  const { companyId, number } = occasion;
  const [memory, holder] = await Promise.all([
    // Of a withheld number only the company is known.
    phoneMemory(companyId, number ?? ""),
    number === undefined ? undefined : holderOf(companyId, number),
  ]);
  return voiceVariables(memory, { ...occasion, holder });
}

async function store(
  { companyId, id: connectionId }: OpenConnection,
  request: WebhookRequest,
  callSid = hashToken(request.rawBody.toString("base64")),
): Promise<void> {
  await takeIn({ companyId, connectionId, platformId: `initiation:${callSid}`, request });
}

/** What a promise comes to, or the other value where that takes too long or fails. */
async function inTime<Value>(promise: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = new AbortController();
  const given = promise.catch((error: unknown) => {
    log.warn({ err: error, channel: "sms" }, "A voice agent was told less than is known");
    return otherwise;
  });
  try {
    return await Promise.race([given, pause(patienceMs, otherwise, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}
