import { type ConversationRecord, messagesBefore } from "#services/conversations";
import { move } from "./change.ts";
import { listDeskOperators } from "./desk-operators.ts";
import { type EscalationRequest, initiateEscalation } from "./escalate.ts";
import { handoverPacket } from "./packet.ts";
import { systemLine } from "./system-line.ts";

/**
 * Brings a customer back to the person who handed their conversation to the AI: straight to them, in one commit, where they
 * are there and have room; otherwise into the queue, as any other. Throws `conflict` when a person already has it.
 */
export async function returnToPerson(
  who: { companyId: string },
  conversationId: string,
  person: { id: string } | undefined,
  request: EscalationRequest,
): Promise<ConversationRecord> {
  const now = request.now ?? new Date();
  const operator = person && (await freeOperator(who.companyId, person.id, now));
  if (operator === undefined) return initiateEscalation(who, conversationId, request);

  const { reason, sentence, words = [], guard, finish, decisions, attributes } = request;
  const { messages } = await messagesBefore(who, conversationId, { limit: 50, audience: "all" });
  const { id, name } = operator;
  const { conversation } = await move(
    who,
    conversationId,
    "takeOver",
    () => ({
      change: { operatorId: id, operatorName: name, reason, note: sentence },
      guard,
      finish,
      decisions,
      attributes,
      escalation: { reason, sentence, packet: handoverPacket(messages, request) },
      acceptedBy: id,
      messages: [...words, systemLine(`${name} is with you again.`, { kind: "joined", name })],
    }),
    now,
  );
  return conversation;
}

/** An operator who is there and holds fewer conversations than they can; undefined where they are not, or have no room. */
async function freeOperator(companyId: string, operatorId: string, now: Date) {
  const operators = await listDeskOperators(companyId, now);
  return operators.find(
    ({ id, status, load, capacity }) => id === operatorId && status === "online" && load < capacity,
  );
}
