import { read } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { type ConversationRecord, findConversation } from "#services/conversations";
import { move } from "./change.ts";
import { systemLine } from "./system-line.ts";

/**
 * Takes a conversation out of the queue and back to the AI, because its customer would rather not wait; one that the
 * AI has stays as it is. What the customer asked and nobody answered starts the AI. Throws `conflict` where a person
 * has the conversation, or it is closed.
 */
export async function cancelWaiting(
  who: { companyId: string },
  conversationId: string,
): Promise<{ conversation: ConversationRecord; runId: string | undefined }> {
  const run = { id: newId(), messageId: newId() };
  const escalated = await lastEscalated(who, conversationId);
  let started = false;
  try {
    const { conversation } = await move(who, conversationId, "handBack", (before) => {
      if (before.state === "WITH_HUMAN") throw alreadyHere(before);
      started = isUnanswered(before, escalated);
      return {
        change: {},
        // Words that come just now must not fall between the queue, which they were for, and the AI.
        guard: { lastCustomerSeq: before.lastCustomerSeq },
        run: started ? run : undefined,
        messages: [systemLine("You are talking to the assistant again.", { kind: "handed_back" })],
      };
    });
    return { conversation, runId: started ? run.id : undefined };
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    const conversation = await findConversation(who, conversationId);
    if (conversation.state !== "ACTIVE") throw error;
    return { conversation, runId: undefined };
  }
}

/** The newest of the customer's messages that the AI, instead of answering it, brought to the queue. */
async function lastEscalated(who: { companyId: string }, conversationId: string): Promise<number> {
  const [row] = await read<{ seq: number }>(
    who.companyId,
    `SELECT coalesce(max(customer_seq), 0) AS seq FROM run
     WHERE company_id = $1 AND conversation_id = $2 AND state = 'escalated'`,
    [who.companyId, conversationId],
  );
  return row?.seq ?? 0;
}

// What asked for a person would ask for one again; only where the AI had failed is it worth another attempt.
function isUnanswered(
  { lastAuthor, lastCustomerSeq, reason }: ConversationRecord,
  escalated: number,
): boolean {
  if (lastAuthor !== "customer") return false;
  return lastCustomerSeq > escalated || reason === "ai_failure";
}

function alreadyHere({ state, operatorId, operatorName }: ConversationRecord): AppError {
  const name = operatorName ?? "A colleague";
  return new AppError("conflict", `${name} has just joined this conversation.`, {
    details: { state, operator: { id: operatorId, name } },
  });
}
