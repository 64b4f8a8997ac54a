import type { z } from "zod";
import type { CallView } from "#contracts/calls";
import type { LeadView, OutboundCallBody } from "#contracts/telephony";
import { read } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { phoneNumber } from "#lib/phone-number";
import { must, type Staff } from "#services/accounts";
import { voiceSettings } from "#services/channels";
import { type OpenConnection, openConnection } from "#services/connections";
import { findCall, logCall } from "#services/conversations";
import { callPolicy, limitsOf } from "./call-policy.ts";
import { callersConversation } from "./callers.ts";
import { dialSoon } from "./dial-call.ts";
import { findLead } from "./leads.ts";
import { refusalOf } from "./may-call.ts";
import { holderOf } from "./phone-holder.ts";

type Asked = z.output<typeof OutboundCallBody>;

/**
 * Has the assistant call a customer about something; the same client id is one call. Throws `not_found` for what the
 * company does not have, and `conflict` with its reason while a person has the conversation, in quiet hours, without
 * consent, beyond the day's caps, or where the line has no voice.
 */
export async function requestCall(who: Staff, asked: Asked, now = new Date()): Promise<{ call: CallView }> {
  must(who, "conversations:write");
  const { companyId } = who;
  const repeated = await callByRequest(who, asked.clientId);
  if (repeated !== undefined) return { call: repeated };
  const [policy, { number, lead }] = await Promise.all([callPolicy(companyId), calleeOf(who, asked)]);
  const [line, holder] = await Promise.all([
    lineFor(companyId, number, asked.connectionId),
    holderOf(companyId, number),
  ]);
  if (holder !== undefined) {
    const words = `${holder.name} has this conversation: the assistant may call when it is handed back.`;
    throw refused("human_control", words, { holder });
  }
  const refusal = refusalOf(policy, lead, now);
  if (refusal !== undefined) throw refused(refusal.reason, refusal.words);

  const { conversation, lead: callee } = await callersConversation(line, number, now);
  const id = newId(now.getTime());
  const { call } = await logCall(companyId, conversation.id, {
    now,
    call: {
      id,
      connectionId: line.id,
      leadId: callee.id,
      direction: "outbound",
      status: "queued",
      requestId: asked.clientId,
      requestedBy: { id: who.kind === "operator" ? who.userId : who.keyId, name: who.name },
      context: asked.context,
      startedAt: now,
    },
    limits: limitsOf(policy, now),
    jobs: [dialSoon({ companyId, callId: id })],
  });
  return { call };
}

async function callByRequest({ companyId }: Staff, requestId: string | undefined) {
  if (requestId === undefined) return undefined;
  const [row] = await read<{ id: string; connectionId: string }>(
    companyId,
    `SELECT id, connection_id AS "connectionId" FROM phone_call WHERE company_id = $1 AND request_id = $2`,
    [companyId, requestId],
  );
  return row && findCall(companyId, row);
}

/** Whom to call: a lead, or with a number alone somebody whom the company does not know yet. */
async function calleeOf(
  who: Staff,
  { leadId, phoneNumber: given, conversationId }: Asked,
): Promise<{ number: string; lead: LeadView | undefined }> {
  try {
    const lead = await findLead(who, { leadId, phoneNumber: given, conversationId });
    return { number: lead.phoneNumber, lead };
  } catch (error) {
    const isNew = given !== undefined && leadId === undefined && conversationId === undefined;
    if (!isNew || !isAppError(error) || error.code !== "not_found") throw error;
    return { number: phoneNumber(given), lead: undefined };
  }
}

/** The line to call from: the one that is named, else one that can speak, at best one that the customer knows. */
async function lineFor(
  companyId: string,
  number: string,
  connectionId: string | undefined,
): Promise<OpenConnection> {
  const [row] = await read<{ id: string }>(
    companyId,
    `SELECT c.id FROM connection c
     LEFT JOIN thread t ON t.company_id = c.company_id AND t.connection_id = c.id AND t.key = $2
     WHERE c.company_id = $1 AND c.channel = 'sms' AND ($3::uuid IS NULL OR c.id = $3)
     ORDER BY c.state = 'active' AND c.settings ? 'voiceAgentId' AND c.settings ? 'voicePhoneNumberId' DESC,
              t.last_customer_at DESC NULLS LAST, c.created_at
     LIMIT 1`,
    [companyId, number, connectionId],
  );
  if (row === undefined && connectionId !== undefined) {
    throw new AppError("not_found", "This phone line does not exist.");
  }
  const line = row && (await openConnection(companyId, row.id));
  if (line === undefined || line.state !== "active" || !canCall(line)) {
    throw refused("no_voice", "No phone line of the company has a voice agent that can make calls.");
  }
  return line;
}

function canCall({ config }: OpenConnection): boolean {
  const { voiceAgentId, voicePhoneNumberId, voiceApiKey } = voiceSettings.parse(config);
  return voiceAgentId !== undefined && voicePhoneNumberId !== undefined && voiceApiKey !== undefined;
}

function refused(reason: string, words: string, details: Record<string, unknown> = {}): AppError {
  return new AppError("conflict", words, { details: { reason, ...details } });
}
