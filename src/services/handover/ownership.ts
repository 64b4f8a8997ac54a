import type { Move, State } from "#contracts/conversation";
import { read } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Who } from "#services/accounts";
import { listOperators } from "#services/accounts";
import { type ConversationRecord, findConversation, type NewMessage } from "#services/conversations";
import { asOperator, move } from "./change.ts";
import { abandonedLine, systemLine } from "./system-line.ts";

/**
 * Gives a waiting conversation to the operator who asks: of many at once, one wins.
 * Throws `conflict` naming the winner. Accepting what one already holds changes nothing.
 */
export async function accept(who: Who, conversationId: string): Promise<ConversationRecord> {
  const operator = asOperator(who);
  try {
    const { conversation } = await move(who, conversationId, "accept", () => ({
      change: { operatorId: operator.userId, operatorName: operator.name },
      acceptedBy: operator.userId,
      messages: [joined(operator.name)],
    }));
    return conversation;
  } catch (error) {
    return alreadyHeld(error, who, conversationId, operator.userId);
  }
}

/** Takes a conversation from the AI. Throws `conflict` when it waits or another person has it. */
export async function takeOver(who: Who, conversationId: string): Promise<ConversationRecord> {
  const operator = asOperator(who);
  try {
    const { conversation } = await move(who, conversationId, "takeOver", () => ({
      change: { operatorId: operator.userId, operatorName: operator.name, reason: "manual" },
      messages: [joined(operator.name)],
    }));
    return conversation;
  } catch (error) {
    return alreadyHeld(error, who, conversationId, operator.userId);
  }
}

/** Assigns a conversation to an operator of the same company, from whatever state it is open in. */
export async function assignToOperator(
  who: Who,
  conversationId: string,
  operatorId: string,
  note?: string,
): Promise<ConversationRecord> {
  const operators = await listOperators(who.companyId);
  const target = operators.find((operator) => operator.id === operatorId);
  if (target === undefined) throw new AppError("not_found", "This operator is not part of your company.");
  const { state } = await findConversation(who, conversationId);
  const name: Move = assigning[state] ?? "transfer";
  const { conversation } = await move(who, conversationId, name, (before) => {
    if (before.operatorId === target.id) {
      throw new AppError("conflict", `${target.name} already has this conversation.`);
    }
    return {
      change: { state: "WITH_HUMAN", operatorId: target.id, operatorName: target.name, note },
      acceptedBy: name === "accept" ? target.id : undefined,
      messages: [
        systemLine(`${target.name} is taking over this conversation.`, {
          kind: "transferred",
          name: target.name,
        }),
        ...noteOf(who, note),
      ],
    };
  });
  return conversation;
}

const assigning: Partial<Record<State, Move>> = { WAITING_HUMAN: "accept", ACTIVE: "takeOver" };

/** Puts a conversation that an operator holds back into the queue, for whoever is free. */
export async function transferToQueue(
  who: Who,
  conversationId: string,
  note?: string,
): Promise<ConversationRecord> {
  const now = new Date();
  const { conversation } = await move(
    who,
    conversationId,
    "transfer",
    () => ({
      change: { state: "WAITING_HUMAN", waitingSince: now, note },
      messages: [
        systemLine("You are being transferred to another colleague, please wait.", { kind: "transferred" }),
        ...noteOf(who, note),
      ],
    }),
    now,
  );
  return conversation;
}

/** Gives a conversation back to the queue because its operator is gone. */
export async function release(
  who: { companyId: string },
  conversationId: string,
): Promise<ConversationRecord> {
  const now = new Date();
  const { conversation } = await move(
    who,
    conversationId,
    "release",
    (before) => ({
      change: { waitingSince: now },
      messages: [
        systemLine("Your colleague had to leave. The next free person will go on from here.", {
          kind: "released",
          name: before.operatorName,
        }),
      ],
    }),
    now,
  );
  return conversation;
}

/** Gives back to the queue whatever an operator holds who is gone for good. */
export async function releaseAllOf({
  companyId,
  userId,
}: {
  companyId: string;
  userId: string;
}): Promise<void> {
  const held = await read<{ id: string }>(
    companyId,
    "SELECT id FROM conversation WHERE company_id = $1 AND operator_id = $2 LIMIT 500",
    [companyId, userId],
  );
  for (const { id } of held) {
    await release({ companyId }, id).catch((error: unknown) => {
      // Somebody else took it or closed it meanwhile.
      if (!isAppError(error) || error.code !== "conflict") throw error;
    });
  }
  if (held.length === 500) await releaseAllOf({ companyId, userId });
}

/** Hands a conversation back to the AI, which goes on with everything that was said; an unanswered question starts it. */
export async function handBackToAI(
  who: Who,
  conversationId: string,
  note?: string,
): Promise<{ conversation: ConversationRecord; runId: string | undefined }> {
  const run = { id: newId(), messageId: newId() };
  let started = false;
  const { conversation } = await move(who, conversationId, "handBack", (before) => {
    started = before.lastAuthor === "customer";
    return {
      change: { note },
      // Words that come in this very moment must be seen: they are what the AI has to answer.
      guard: { lastCustomerSeq: before.lastCustomerSeq },
      run: started ? run : undefined,
      messages: [
        systemLine("You are talking to the assistant again. A person is one click away.", {
          kind: "handed_back",
          name: before.operatorName,
        }),
        ...noteOf(who, note),
      ],
    };
  });
  return { conversation, runId: started ? run.id : undefined };
}

/** Closes a conversation as solved. */
export async function resolve(who: Who, conversationId: string): Promise<ConversationRecord> {
  const now = new Date();
  const { conversation } = await move(
    who,
    conversationId,
    "resolve",
    () => ({
      change: { closedAt: now },
      messages: [
        systemLine("This conversation was marked as solved. Write any time to open it again.", {
          kind: "resolved",
        }),
      ],
    }),
    now,
  );
  return conversation;
}

/** Opens a closed conversation again and puts it into the queue, for an operator who has something to add. */
export async function reopen(who: Who, conversationId: string): Promise<ConversationRecord> {
  const now = new Date();
  const { conversation } = await move(
    who,
    conversationId,
    "reopen",
    () => ({
      change: { state: "WAITING_HUMAN", waitingSince: now, reason: "manual" },
      messages: [systemLine("This conversation was opened again.", { kind: "reopened" })],
    }),
    now,
  );
  return conversation;
}

/** Closes a conversation that its customer has left. */
export async function abandon(
  who: { companyId: string },
  conversationId: string,
): Promise<ConversationRecord> {
  const now = new Date();
  const { conversation } = await move(
    who,
    conversationId,
    "abandon",
    () => ({
      change: { closedAt: now },
      messages: [abandonedLine()],
    }),
    now,
  );
  return conversation;
}

function joined(name: string): NewMessage {
  return systemLine(`${name} has joined the conversation.`, { kind: "joined", name });
}

function noteOf(who: Who, note: string | undefined): NewMessage[] {
  if (note === undefined || note.trim() === "") return [];
  const author =
    who.kind === "operator"
      ? { kind: "operator" as const, id: who.userId, name: who.name }
      : { kind: "system" as const };
  return [{ author, text: note, audience: "operators" }];
}

async function alreadyHeld(
  error: unknown,
  who: Who,
  conversationId: string,
  operatorId: string,
): Promise<ConversationRecord> {
  if (!isAppError(error) || error.code !== "conflict") throw error;
  const conversation = await findConversation(who, conversationId);
  if (conversation.operatorId === operatorId) return conversation;
  if (conversation.operatorId === undefined) throw error;
  const name = conversation.operatorName ?? "A colleague";
  throw new AppError("conflict", `${name} already has this conversation.`, {
    details: { state: conversation.state, operator: { id: conversation.operatorId, name } },
  });
}
