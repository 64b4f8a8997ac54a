import type { EscalationReason } from "#contracts/conversation";
import { read } from "#lib/db";
import type { Append, ConversationRecord, NewDecision } from "#services/conversations";
import { messagesBefore, queue } from "#services/conversations";
import { currentRules } from "#services/escalation";
import { move } from "./change.ts";
import { readHours, shiftAt } from "./hours.ts";
import { handoverPacket } from "./packet.ts";
import { systemLine } from "./system-line.ts";
import { estimate, keepTold, readPace } from "./wait-estimate.ts";
import { isNobodyThere, nobodyLine, placeWords, type Wait } from "./waiting-words.ts";

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
  /** What the conversation carries into the queue. */
  attributes?: Append["attributes"];
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
  const [{ messages }, waiting, { words: own }, { past, staff }, hours, hasAddress] = await Promise.all([
    messagesBefore(who, conversationId, { limit: 50, audience: "all" }),
    queue(who.companyId, 1_000),
    currentRules(who.companyId),
    readPace(who.companyId),
    readHours(who.companyId),
    isReachable(who.companyId, conversationId),
  ]);
  const packet = handoverPacket(messages, request);
  const position = waiting.filter((id) => id !== conversationId).length + 1;
  const estimateMinutes = estimate(past, { ahead: position - 1, staff });
  const { conversation } = await move(
    who,
    conversationId,
    "escalate",
    (before) => ({
      change: { reason: request.reason, waitingSince: now, note: request.sentence },
      guard: request.guard,
      finish: request.finish,
      decisions: request.decisions,
      attributes: request.attributes,
      escalation: { reason: request.reason, sentence: request.sentence, packet },
      messages: [
        ...(request.words ?? []),
        waitingLine(request.reason, own[request.reason]?.escalate, {
          position,
          estimateMinutes,
          staff,
          shift: shiftAt(hours, request.attributes?.teamId ?? before.teamId, now),
          reach: reachOf(before, hasAddress),
        }),
      ],
      jobs: estimateMinutes === undefined ? [] : [keepTold(toldOf(before, estimateMinutes))],
    }),
    now,
  );
  return conversation;
}

/**
 * What a customer who begins to wait is told: the company's own words, or ours; either way with the place in line, which is
 * the customer's to know. Where nobody is there no words of "in a moment" may stand.
 */
export function waitingLine(reason: EscalationReason, own: string | undefined, wait: Wait) {
  const { position } = wait;
  const kind = reason === "ai_failure" ? "ai_failed" : "escalated";
  const failed = reason === "ai_failure" ? "The assistant cannot answer right now. " : "";
  if (isNobodyThere(wait)) return nobodyLine(wait, failed);
  if (own !== undefined) {
    const words = own.includes("{position}")
      ? own.replaceAll("{position}", String(position))
      : `${own} ${placeWords(wait)}`;
    return systemLine(words, { kind, reason, position, own: true });
  }
  return systemLine(
    `${failed}Connecting you to a support agent, please wait. ${placeWords(wait)} You can go on writing: they will see everything.`,
    { kind, reason, position },
  );
}

async function isReachable(companyId: string, conversationId: string): Promise<boolean> {
  const [row] = await read<{ known: boolean }>(
    companyId,
    `SELECT k.email IS NOT NULL AS known FROM conversation c JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id
     WHERE c.company_id = $1 AND c.id = $2`,
    [companyId, conversationId],
  );
  return row?.known === true;
}

function reachOf({ channel }: ConversationRecord, hasAddress: boolean): Wait["reach"] {
  if (channel !== "web") return "platform";
  return hasAddress ? "email" : "unknown";
}

// The epoch that the move is about to raise: what was told is told of this wait.
function toldOf({ companyId, id, epoch }: ConversationRecord, minutes: number) {
  return { companyId, conversationId: id, epoch: epoch + 1, minutes };
}
