import type { Scope } from "#contracts/attributes";
import type { Move, State } from "#contracts/conversation";
import { AppError, isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Who } from "#services/accounts";
import { listOperators } from "#services/accounts";
import { type ConversationRecord, findConversation } from "#services/conversations";
import { asOperator, move } from "./change.ts";
import { noteOf } from "./note.ts";
import { abandonedLine, joinedLine, resolvedLine, systemLine } from "./system-line.ts";

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
      messages: [joinedLine(operator.name)],
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
      messages: [joinedLine(operator.name)],
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

/**
 * Hands a conversation back to the AI, which goes on with everything that was said, within the scope it is given; an
 * unanswered question starts it.
 */
export async function handBackToAI(
  who: Who,
  conversationId: string,
  { note, topics = [] }: { note?: string | undefined; topics?: string[] | undefined } = {},
  now = new Date(),
): Promise<{ conversation: ConversationRecord; runId: string | undefined }> {
  const run = { id: newId(), messageId: newId() };
  let started = false;
  const plan = (before: ConversationRecord) => {
    started = before.lastAuthor === "customer";
    return {
      change: { note },
      attributes: { scope: scopeOf(before, who, { note, topics, now }) },
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
  };
  const { conversation } = await move(who, conversationId, "handBack", plan, now);
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
      messages: [resolvedLine()],
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

function scopeOf(
  { operatorId, operatorName, reason }: ConversationRecord,
  who: Who,
  { note, topics, now }: { note: string | undefined; topics: string[]; now: Date },
): Scope {
  const asking = who.kind === "operator" ? { id: who.userId, name: who.name } : undefined;
  const by = operatorId === undefined ? asking : { id: operatorId, name: operatorName ?? "Support" };
  const said = note?.trim() === "" ? undefined : note;
  return { note: said, topics, settled: reason, by, at: now.toISOString() };
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
