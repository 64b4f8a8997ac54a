import type { z } from "zod";
import type { SentMessage } from "#contracts/chat";
import type { WhisperBody } from "#contracts/desk-tools";
import { AppError } from "#lib/errors";
import type { Staff } from "#services/accounts";
import { type Appended, append, type ConversationRecord, findConversation } from "#services/conversations";

/**
 * Says something to the colleague who holds a conversation: only operators see it, and no platform gets it. The same id
 * twice is said once. Throws `conflict` where no colleague holds it.
 */
export async function whisper(
  who: Staff,
  conversationId: string,
  { clientId, text }: z.output<typeof WhisperBody>,
  now = new Date(),
): Promise<SentMessage> {
  const conversation = await findConversation(who, conversationId);
  refuseUnlessObserved(conversation, who);
  const { state, epoch } = conversation;
  const appended = await append(conversation, {
    now,
    clientId,
    guard: { state, epoch },
    messages: [{ author: authorOf(who), text, audience: "operators", clientId, data: { kind: "whisper" } }],
  });
  const sent = sentIn(appended);
  if (sent === undefined)
    throw new AppError("conflict", "This conversation is changing hands right now: try again.");
  const { id: messageId, seq, createdAt } = sent;
  return { messageId, conversationId, seq, createdAt, duplicate: appended.outcome === "duplicate" };
}

function sentIn(appended: Appended) {
  if (appended.outcome === "duplicate") return appended.message;
  return appended.outcome === "done" ? appended.messages[0] : undefined;
}

function refuseUnlessObserved({ state, operatorId }: ConversationRecord, who: Staff): void {
  if (state !== "WITH_HUMAN")
    throw new AppError("conflict", "Nobody holds this conversation: leave a note instead.", {
      details: { state },
    });
  if (who.kind === "operator" && operatorId === who.userId)
    throw new AppError("conflict", "You hold this conversation yourself: leave a note instead.");
}

function authorOf(who: Staff) {
  return who.kind === "operator"
    ? { kind: "operator" as const, id: who.userId, name: who.name }
    : { kind: "operator" as const, id: who.keyId, name: who.name };
}
