import { setTimeout as wait } from "node:timers/promises";
import type { PracticeDial } from "#contracts/practice";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { demoCompanyId } from "#services/accounts";
import { practice } from "#services/channels";
import { agentName, type OpenLine, openLine, shows } from "./line.ts";
import { callIds, hex, ring } from "./placed.ts";
import { postAsTwilio } from "./post.ts";
import { greetingOf } from "./reports.ts";
import { tellStatus } from "./status.ts";

/** Long enough that whoever asked has stored the answer, as a phone company's own news comes a moment later. */
const moment = 700;

/** Takes a text for the practice phone, as Twilio's API does, and tells soon that it arrived. Throws `unauthenticated`. */
export async function takeText(headers: Headers, form: URLSearchParams) {
  const line = await provenLine("authToken", tokenIn(headers));
  const sid = `SM${hex()}`;
  const to = form.get("To") ?? "";
  const callback = pathOf(form.get("StatusCallback"));
  if (callback !== undefined) later(() => tellArrived(line, callback, { sid, to }));
  return { sid, account_sid: practice.accountSid, to, from: line.config.from, status: "queued" };
}

/** Lets the practice phone ring, as ElevenLabs and Twilio do together. Throws `unauthenticated`. */
export async function placeCall(headers: Headers, asked: PracticeDial, now = new Date()) {
  const line = await provenLine("voiceApiKey", headers.get("xi-api-key"));
  const variables = asked.conversation_initiation_client_data?.dynamic_variables ?? {};
  const call = { ...callIds(), direction: "outbound" as const, from: asked.to_number, variables };
  const greeting = greetingOf(variables, await agentName(line));
  ring({ ...call, greeting }, now);
  later(() => tellStatus(line, call, { status: "ringing", sequence: 1 }));
  return {
    success: true,
    message: "Success",
    conversation_id: call.voiceConversationId,
    callSid: call.callSid,
  };
}

/** Tells of the account, as Twilio's API does. Throws `unauthenticated`. */
export async function tellAccount(headers: Headers) {
  await provenLine("authToken", tokenIn(headers));
  return { sid: practice.accountSid, friendly_name: "Practice", status: "active", type: "Trial" };
}

/** Tells of the voice agent, as the API of ElevenLabs does. Throws `unauthenticated`. */
export async function tellVoiceAgent(headers: Headers) {
  const line = await provenLine("voiceApiKey", headers.get("xi-api-key"));
  return { agent_id: practice.voiceAgentId, name: await agentName(line) };
}

function tokenIn(headers: Headers): string {
  const given = Buffer.from(headers.get("authorization")?.replace(/^Basic /, "") ?? "", "base64").toString();
  return given.replace(`${practice.accountSid}:`, "");
}

async function provenLine(secret: "authToken" | "voiceApiKey", given: string | null): Promise<OpenLine> {
  const companyId = await demoCompanyId();
  const line = companyId === undefined ? undefined : await openLine({ companyId }).catch(() => undefined);
  if (line !== undefined && shows(line, secret, given)) return line;
  throw new AppError("unauthenticated", "This is not the secret of the practice line.");
}

async function tellArrived(line: OpenLine, path: string, { sid, to }: { sid: string; to: string }) {
  for (const status of ["sent", "delivered"]) {
    await postAsTwilio(line, path, {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      SmsStatus: status,
      From: line.config.from,
      To: to,
    });
  }
}

// Only what lies with us is told: nobody has the practice line post elsewhere. An address without https names none.
function pathOf(callback: string | null): string | undefined {
  if (callback === null) return "/api/webhooks/twilio/sms/status";
  if (!callback.startsWith(`${env.PUBLIC_BASE_URL}/`)) return undefined;
  return callback.slice(env.PUBLIC_BASE_URL.length);
}

// What is lost of it with this process is lost as a phone company may lose it.
function later(tell: () => Promise<void>): void {
  wait(moment, undefined, { ref: false })
    .then(tell)
    .catch((error: unknown) => log.warn({ err: error }, "the practice line could not tell what it did"));
}
