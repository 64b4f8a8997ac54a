import type { z } from "zod";
import { OperatorSendBody } from "#contracts/operator";
import type {
  HumanControl,
  HumanMessageAnswer,
  HumanMessageBody,
  JoinBody,
  LeadView,
  LeaveBody,
} from "#contracts/telephony";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Staff } from "#services/accounts";
import { handOver, sendReply } from "#services/chat";
import {
  type ConversationRecord,
  callsOf,
  findConversation,
  messageByClientId,
  stateView,
} from "#services/conversations";
import { accept, assignToOperator, reopen, takeOver } from "#services/handover";
import { findLead, type LeadNames } from "./leads.ts";

/** A lead, and the conversation that is meant. */
export type LeadPlace = { lead: LeadView; conversation: ConversationRecord };

/**
 * Gives a phone customer's conversation to a person: the AI is silent from then on, in messages and as to calls. Joining
 * twice is joining once. Throws `conflict` naming who has it, `not_found`, and `invalid` for a program that names nobody.
 */
export async function joinAsHuman(
  who: Staff,
  { operatorId, ...names }: z.output<typeof JoinBody>,
): Promise<HumanControl> {
  const { lead, conversation } = await leadPlace(who, names);
  const open = await opened(who, conversation);
  if (who.kind === "operator" && (operatorId === undefined || operatorId === who.userId)) {
    return controlOf({
      lead,
      conversation: await (open.state === "ACTIVE" ? takeOver : accept)(who, open.id),
    });
  }
  if (operatorId === undefined) {
    throw new AppError("invalid", "An API key joins for a person: name them by operatorId.");
  }
  if (open.state === "WITH_HUMAN" && open.operatorId !== operatorId) throw heldBy(open);
  const held = open.operatorId === operatorId ? open : await assignToOperator(who, open.id, operatorId);
  return controlOf({ lead, conversation: held });
}

/**
 * Hands a phone customer's conversation back to the AI, with what the person has to tell it. Leaving what nobody holds
 * changes nothing. Throws `conflict` where another person has it, and `not_found`.
 */
export async function leaveAsHuman(
  who: Staff,
  { summary, ...names }: z.output<typeof LeaveBody>,
): Promise<HumanControl> {
  const { lead, conversation } = await leadPlace(who, names);
  if (conversation.state !== "WITH_HUMAN") return controlOf({ lead, conversation });
  if (who.kind === "operator" && conversation.operatorId !== who.userId) throw heldBy(conversation);
  await handOver(who, conversation.id, { to: { kind: "ai" }, note: summary });
  return controlOf({ lead, conversation: await findConversation(who, conversation.id) });
}

/**
 * Sends a person's words to a phone customer, who must be in a person's hands; the same client id is one message. Throws
 * `conflict` where they are not, or have opted out, and `not_found`.
 */
export async function sendAsHuman(
  who: Staff,
  { message: text, clientId = newId(), ...names }: z.output<typeof HumanMessageBody>,
): Promise<z.infer<typeof HumanMessageAnswer>> {
  const { lead, conversation } = await leadPlace(who, names);
  if (lead.optedOutAt !== undefined) {
    throw new AppError("conflict", "The customer has opted out: they have to send START first.", {
      details: { reason: "opted_out" },
    });
  }
  await sendReply(who, conversation.id, OperatorSendBody.parse({ clientId, text }));
  const [message, after] = await Promise.all([
    messageByClientId(who, conversation.id, clientId),
    findConversation(who, conversation.id),
  ]);
  if (message === undefined) throw new AppError("not_found", "This message is gone.");
  return { message, control: await controlOf({ lead, conversation: after }) };
}

/** Says who speaks with a phone customer now. Throws `invalid` for what can be no number, and `not_found`. */
export async function humanControl(who: Staff, names: LeadNames): Promise<HumanControl> {
  return controlOf(await leadPlace(who, names));
}

/** The conversation that a lead's names lead to. Throws `invalid` and `not_found`. */
export async function leadPlace(who: Staff, names: LeadNames): Promise<LeadPlace> {
  const lead = await findLead(who, names);
  const conversationId = names.conversationId ?? lead.conversationId;
  if (conversationId === undefined) {
    throw new AppError("not_found", "Nobody has spoken with this lead yet: there is no conversation.");
  }
  return { lead, conversation: await findConversation(who, conversationId) };
}

async function opened(who: Staff, conversation: ConversationRecord): Promise<ConversationRecord> {
  const { state, id } = conversation;
  return state === "RESOLVED" || state === "ABANDONED" ? reopen(who, id) : conversation;
}

async function controlOf({ lead, conversation }: LeadPlace): Promise<HumanControl> {
  const { id: conversationId, liveCall } = conversation;
  const state = stateView(conversation);
  const calls = liveCall === undefined ? [] : await callsOf(conversation, conversationId, { limit: 10 });
  const active = conversation.state === "WITH_HUMAN";
  return {
    leadId: lead.id,
    phoneNumber: lead.phoneNumber,
    conversationId,
    active,
    operator: state.operator,
    since: active ? state.since : undefined,
    state,
    waiting: active || conversation.state === "WAITING_HUMAN" ? await unanswered(conversation) : 0,
    liveCall: calls.find(({ id }) => id === liveCall?.id),
  };
}

/** How many messages the customer has written since anybody wrote to them last. */
async function unanswered({ companyId, id }: ConversationRecord): Promise<number> {
  const [row] = await read<{ count: number }>(
    companyId,
    `SELECT count(*)::int AS count FROM message m
     WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.author_kind = 'customer'
       AND m.data->>'kind' IS DISTINCT FROM 'spoken' AND m.seq > coalesce((
         SELECT o.seq FROM message o WHERE o.conversation_id = $2 AND o.author_kind IN ('agent', 'operator')
           AND o.audience = 'all' AND o.data->>'kind' IS DISTINCT FROM 'spoken' ORDER BY o.seq DESC LIMIT 1), 0)`,
    [companyId, id],
  );
  return row?.count ?? 0;
}

function heldBy({ state, operatorId, operatorName }: ConversationRecord): AppError {
  const name = operatorName ?? "A colleague";
  return new AppError("conflict", `${name} has this conversation.`, {
    details: { state, operator: { id: operatorId, name } },
  });
}
