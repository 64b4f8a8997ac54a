import type { EscalationReason } from "#contracts/conversation";
import type { Append, ConversationRecord, NewDecision } from "#services/conversations";
import { messagesBefore, queue } from "#services/conversations";
import { move } from "./change.ts";
import { handoverPacket } from "./packet.ts";
import { systemLine } from "./system-line.ts";

export type EscalationRequest = {
  reason: EscalationReason;
  /** Why, in one sentence for operators. */
  sentence: string;
  decisions?: NewDecision[];
  /** The run that asked for it, ended in the same commit. */
  finish?: Append["finish"];
  guard?: Append["guard"];
  /** What the AI says as it hands over. */
  words?: Append["messages"];
  now?: Date;
};

/**
 * Puts a conversation into its company's queue with a packet for whoever takes it, and tells the customer honestly.
 * Throws `conflict` when a person already has it.
 */
export async function initiateEscalation(
  who: { companyId: string },
  conversationId: string,
  request: EscalationRequest,
): Promise<ConversationRecord> {
  const now = request.now ?? new Date();
  const [{ messages }, waiting] = await Promise.all([
    messagesBefore(who, conversationId, { limit: 50, audience: "all" }),
    queue(who.companyId, 1_000),
  ]);
  const packet = handoverPacket(messages, request);
  const position = waiting.filter((id) => id !== conversationId).length + 1;
  const { conversation } = await move(
    who,
    conversationId,
    "escalate",
    () => ({
      change: { reason: request.reason, waitingSince: now, note: request.sentence },
      guard: request.guard,
      finish: request.finish,
      decisions: request.decisions,
      escalation: { reason: request.reason, sentence: request.sentence, packet },
      messages: [...(request.words ?? []), waitingLine(request.reason, position)],
    }),
    now,
  );
  return conversation;
}

function waitingLine(reason: EscalationReason, position: number) {
  const failed = reason === "ai_failure" ? "The assistant cannot answer right now. " : "";
  const place = position === 1 ? "You are next in line." : `You are number ${position} in line.`;
  return systemLine(
    `${failed}Connecting you to a support agent, please wait. ${place} You can go on writing: they will see everything.`,
    { kind: reason === "ai_failure" ? "ai_failed" : "escalated", reason, position },
  );
}
