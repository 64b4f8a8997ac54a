import { z } from "zod";
import type { CallDirection } from "#contracts/calls";
import { read } from "#lib/db";
import type { OpenConnection } from "#services/connections";
import { findCall } from "#services/conversations";
import { callersConversation } from "./callers.ts";
import { callersNumber } from "./callers-number.ts";

/** How a platform names a call. */
export type ToldCall = {
  callSid?: string | undefined;
  voiceConversationId?: string | undefined;
  direction: CallDirection | undefined;
  customerNumber: string | undefined;
  /** What the voice agent was given to know: our own id of the call among it, where we asked for it. */
  variables?: Record<string, unknown>;
};

/** Where a call stands, and as which it is known; one that is new has no id yet. */
export type CallPlace = {
  id: string | undefined;
  conversationId: string;
  leadId: string;
  direction: CallDirection;
};

/** The variable by which a call that we asked for is known again. */
export const callVariable = "baton_call";

/**
 * Where a call belongs, whichever of its names is told: a known one to its conversation, a new one to that of its customer.
 * Undefined for a new one whose customer has no number.
 */
export async function placeOf(
  connection: OpenConnection,
  told: ToldCall,
  now: Date,
): Promise<CallPlace | undefined> {
  const { companyId, id: connectionId } = connection;
  const { callSid, voiceConversationId } = told;
  const own = z.uuid().safeParse(told.variables?.[callVariable]).data;
  const number = callersNumber(told.customerNumber);
  const known =
    (await findCall(companyId, { connectionId, id: own, callSid, voiceConversationId })) ??
    (await dialledCall(connection, told, number));
  if (known !== undefined) return known;
  if (number === undefined) return undefined;
  const { conversation, lead } = await callersConversation(connection, number, now);
  return {
    id: undefined,
    conversationId: conversation.id,
    leadId: lead.id,
    direction: told.direction ?? "inbound",
  };
}

/** A call that we have just asked for is told of, by ids that we were not given yet. */
async function dialledCall(
  { companyId, id: connectionId }: OpenConnection,
  { direction, voiceConversationId }: ToldCall,
  number: string | undefined,
): Promise<CallPlace | undefined> {
  if (direction === "inbound" || number === undefined) return undefined;
  const [row] = await read<CallPlace>(
    companyId,
    `SELECT p.id, p.conversation_id AS "conversationId", p.lead_id AS "leadId", p.direction
     FROM phone_call p JOIN lead l ON l.company_id = p.company_id AND l.id = p.lead_id
     WHERE p.company_id = $1 AND p.connection_id = $2 AND l.phone_number = $3 AND p.direction = 'outbound'
       AND p.dialled_at IS NOT NULL AND p.call_sid IS NULL AND (p.voice_conversation_id IS NULL OR $4::text IS NULL) AND p.status IN ('queued', 'ringing', 'in_progress')
     ORDER BY p.started_at DESC LIMIT 1`,
    [companyId, connectionId, number, voiceConversationId],
  );
  return row;
}
