import type { Move, State } from "#contracts/conversation";
import { AppError } from "#lib/errors";
import type { Who } from "#services/accounts";
import {
  type Append,
  type Appended,
  append,
  type Change,
  type ConversationRecord,
  findConversation,
  next,
} from "#services/conversations";
import { queueClock } from "./queue-clock.ts";
import { spokenLanguage } from "./spoken-language.ts";
import { tellQueue } from "./tell-queue.ts";

type Plan = Omit<Append, "change" | "now"> & { change: Omit<Change, "move" | "state"> & { state?: State } };

/**
 * Makes one move of the state machine, decided on the conversation as it is when the log is locked: a plan made on
 * what another has changed meanwhile is made again. Throws `conflict` where the table does not hold the move.
 */
export async function move(
  who: Mover,
  conversationId: string,
  name: Move,
  plan: (conversation: ConversationRecord) => Plan,
  now = new Date(),
): Promise<Extract<Appended, { outcome: "done" }>> {
  let conversation = await findConversation(who, conversationId);
  for (let attempt = 0; attempt < 5; attempt++) {
    const { change, ...rest } = plan(conversation);
    const state = next(conversation.state, name, change.state);
    const jobs =
      state === "WAITING_HUMAN"
        ? [queueClock(placeInLine(conversation), now), ...(rest.jobs ?? [])]
        : rest.jobs;
    const by = moverOf(who);
    const appended = await append(conversation, {
      now,
      by,
      ...rest,
      jobs,
      attributes: state === "WAITING_HUMAN" ? await forQueue(conversation, rest.attributes) : rest.attributes,
      change: { ...change, move: name, state, by },
    });
    if (appended.outcome === "done") {
      if (conversation.state === "WAITING_HUMAN") tellQueue(who.companyId);
      return appended;
    }
    conversation = appended.conversation;
  }
  throw new AppError("conflict", "This conversation is changing hands right now: try again.");
}

/** Whatever way it comes into the queue, a conversation is routed by the language that is spoken in it. */
async function forQueue(
  conversation: ConversationRecord,
  attributes: Append["attributes"],
): Promise<Append["attributes"]> {
  if (conversation.language !== undefined || attributes?.language != null) return attributes;
  const language = await spokenLanguage(conversation);
  return language === undefined ? attributes : { ...attributes, language };
}

// The epoch that the move is about to raise: the clock holds only for this wait.
function placeInLine({ companyId, id, epoch }: ConversationRecord) {
  return { companyId, conversationId: id, epoch: epoch + 1, step: 0 };
}

/** Who moves a conversation: someone of the company, or Baton itself. */
type Mover = Who | { companyId: string };

/** The person or the program that stands behind a change; undefined for Baton itself. */
export function moverOf(who: Mover): Change["by"] {
  if (!("kind" in who)) return undefined;
  if (who.kind === "operator") return { kind: "operator", id: who.userId, name: who.name };
  return who.kind === "key" ? { kind: "key", id: who.keyId, name: who.name } : undefined;
}

/** The operator behind an asking person. Throws `forbidden` for keys, which have no voice of their own. */
export function asOperator(who: Who): Extract<Who, { kind: "operator" }> {
  if (who.kind !== "operator") {
    throw new AppError("forbidden", "Only a signed-in operator can take a conversation.");
  }
  return who;
}
