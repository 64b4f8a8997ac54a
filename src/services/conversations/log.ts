import type { AuthorKind } from "#contracts/conversation";
import type { DurableEvent } from "#contracts/events";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Append, Appended, Audience, Change, NewMessage } from "./command.ts";
import { publishAppended, publishFleeting } from "./publish.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { attributesView, messageEvent, messageView, stateView } from "./view.ts";
import { write } from "./write.ts";

/**
 * Writes entries to a conversation's log in one statement and one commit: numbers, messages, state, runs, ledger and
 * jobs together or not at all; then rings the bus. Answers `conflict` when the guard no longer holds.
 * Throws `not_found` for what the company does not have, `unauthenticated` where a remembered session holds no more.
 */
export async function append(before: ConversationRecord, command: Append): Promise<Appended> {
  const { asked, entries } = askedOf(before, command);
  const answer = await write(asked);
  if (answer.outcome === "stranger") {
    throw new AppError("unauthenticated", "This chat session is not known or has ended: open a new one.");
  }
  if (answer.outcome === "not_found" || answer.conversation === undefined) {
    throw new AppError("not_found", "This conversation does not exist.");
  }
  // The names beside it are left out where its operator is still the one we know.
  const conversation = conversationRecord({
    ...namesOf(before),
    ...answer.conversation,
    ...answer.names,
    undelivered: command.delivery === undefined ? before.undelivered : await undeliveredOf(before),
  });
  if (answer.outcome === "conflict") return { outcome: "conflict", conversation };
  if (answer.outcome === "duplicate") {
    return { outcome: "duplicate", conversation, message: messageView(answer.message ?? {}) };
  }

  const seqs = answer.seqs ?? [];
  const published = entries.map((entry, index) => ({
    audience: entry.audience ?? "all",
    event: asEvent(entry, conversation, seqs[index] ?? 0, command.now),
  }));
  publishAppended(conversation, published, { from: command.from, at: command.now.getTime() });
  for (const run of answer.superseded ?? []) {
    publishFleeting(
      { companyId: conversation.companyId, conversationId: conversation.id },
      { type: "superseded", conversationId: conversation.id, ...run },
    );
  }
  const messages = published.flatMap(({ event }) => (event.type === "message" ? [event.message] : []));
  return { outcome: "done", conversation, messages, seqs, superseded: answer.superseded ?? [] };
}

/** A command on a conversation as Postgres reads it, the entries that it will number, and the state it leads to. */
export function askedOf(before: ConversationRecord, command: Append) {
  const { change } = command;
  const attributes = attributesChange(before, command);
  const state = change && {
    state: change.state,
    // Every change of owner raises the epoch; whatever was decided under the old one can no longer be written.
    epoch: before.epoch + 1,
    operatorId: change.operatorId ?? null,
    waitingSince: (change.waitingSince ?? null)?.toISOString() ?? null,
    closedAt: change.closedAt?.toISOString() ?? null,
    ...(change.reason !== undefined && { reason: change.reason }),
  };
  const offered = command.offered ?? (change === undefined ? undefined : false);
  const after: ConversationRecord = change === undefined ? before : changed(before, change, command.now);
  const stateEntry = change && {
    type: "state",
    payload: {
      move: change.move,
      state: stateView({ ...after, offered: offered ?? after.offered }),
      reason: change.reason,
      note: change.note,
      by: change.by,
    },
  };
  const deliveryEntry = command.delivery && {
    type: "delivery",
    audience: "operators" as const,
    payload: {
      messageId: command.delivery.messageId,
      delivery: {
        state: command.delivery.state,
        words: command.delivery.words,
        at: command.now.toISOString(),
      },
    },
  };
  // Postgres adds the attributes as they are after the change.
  const attributesEntry = attributes && {
    type: "attributes",
    audience: "operators" as const,
    payload: { by: command.by },
  };
  const messageEntries = (command.messages ?? []).map((message) => messageEntry(message, command.now));
  const entries: Entry[] = [
    stateEntry ?? [],
    attributesEntry ?? [],
    deliveryEntry ?? [],
    messageEntries,
  ].flat();

  const asked = {
    companyId: before.companyId,
    conversationId: before.id,
    operatorId: before.operatorId,
    now: command.now.toISOString(),
    clientId: command.clientId,
    session: command.session && {
      ...command.session,
      contactId: before.contactId,
      contactName: before.contactName,
      agentName: before.agentName,
      operatorName: before.operatorName,
      operatorImage: before.operatorImage,
    },
    // A change is planned on the state it read, so it always holds on to it.
    guard:
      change === undefined ? command.guard : { state: before.state, epoch: before.epoch, ...command.guard },
    patch: { ...state, ...(offered !== undefined && { offered }) },
    attributes,
    entries,
    run: command.run,
    finish: command.finish,
    decisions: command.decisions?.map((decision) => ({ ...decision, id: newId(command.now.getTime()) })),
    escalation: command.escalation && { ...command.escalation, id: newId(command.now.getTime()) },
    acceptedBy: command.acceptedBy,
    jobs: command.jobs,
    external: command.external,
    delivery: command.delivery,
  };
  return { asked, entries, after: { ...after, offered: offered ?? after.offered } };
}

// Who gets a conversation must see it, and what is closed needs no reminder: a change of state ends a snooze.
function attributesChange(before: ConversationRecord, { change, attributes }: Append) {
  const ends = change !== undefined && before.snoozedUntil !== undefined;
  return ends ? { ...attributes, snoozedUntil: null } : attributes;
}

function namesOf({ contactName, agentName, operatorName, operatorImage }: ConversationRecord) {
  return {
    contact_name: contactName,
    agent_name: agentName,
    operator_name: operatorName,
    operator_image: operatorImage,
  };
}

/** How many answers of a conversation did not arrive: it is counted, as no commit writes it down. */
async function undeliveredOf({ companyId, threadId, id }: ConversationRecord): Promise<number> {
  const [row] = await read<{ count: number }>(companyId, "SELECT undelivered_of($1, $2) AS count", [
    threadId,
    id,
  ]);
  return row?.count ?? 0;
}

export type Entry = {
  type: string;
  payload?: unknown;
  message?: { id: string; authorKind: AuthorKind; text: string } & Record<string, unknown>;
  audience?: Audience;
  silent?: true | undefined;
};

function messageEntry(message: NewMessage, now: Date): Entry & Record<string, unknown> {
  const { author, text, clientId, replyTo, sources, attachments, notice, answer, data } = message;
  return {
    type: "message",
    audience: message.audience ?? "all",
    message: {
      id: message.id ?? newId(now.getTime()),
      authorKind: author.kind,
      authorId: author.id,
      authorName: author.name,
      text,
      clientId,
      replyTo,
      sources,
      attachments,
      notice,
      answer,
      data,
    },
    silent: message.silent === true ? true : undefined,
    template: message.template,
    choices: message.choices,
  };
}

function asEvent(entry: Entry, conversation: ConversationRecord, seq: number, now: Date): DurableEvent {
  const { id: conversationId, threadId } = conversation;
  if (entry.type === "delivery") {
    return { type: "delivery", conversationId, seq, ...(entry.payload as DeliveryPayload) };
  }
  if (entry.type === "attributes") {
    const { by } = entry.payload as { by: Change["by"] };
    return { type: "attributes", conversationId, seq, attributes: attributesView(conversation), by };
  }
  if (entry.message === undefined) {
    return { type: "state", conversationId, seq, ...(entry.payload as StatePayload) };
  }
  const words = entry.message;
  const leaves =
    threadId !== undefined &&
    words.authorKind !== "customer" &&
    entry.audience === "all" &&
    entry.silent !== true;
  return messageEvent({ ...entry, message: words }, { conversationId, seq, at: now }, { leaves });
}

type DeliveryPayload = Omit<Extract<DurableEvent, { type: "delivery" }>, "type" | "conversationId" | "seq">;
type StatePayload = Omit<Extract<DurableEvent, { type: "state" }>, "type" | "conversationId" | "seq">;

function changed(before: ConversationRecord, change: Change, now: Date): ConversationRecord {
  return {
    ...before,
    state: change.state,
    epoch: before.epoch + 1,
    operatorId: change.operatorId,
    operatorName: change.operatorName,
    operatorImage: change.operatorId === before.operatorId ? before.operatorImage : undefined,
    stateSince: now.toISOString(),
    waitingSince: change.waitingSince?.toISOString(),
    reason: change.reason ?? before.reason,
  };
}
