import type {
  Answer,
  Attachment,
  AuthorKind,
  EscalationReason,
  MessageView,
  Move,
  Notice,
  Source,
  State,
} from "#contracts/conversation";
import type { DurableEvent } from "#contracts/events";
import type { DecisionView, HandoverPacket } from "#contracts/operator";
import { callSql } from "#lib/db";
import { AppError } from "#lib/errors";
import { groupCommit } from "#lib/group-commit";
import { newId } from "#lib/ids";
import { once } from "#lib/registry";
import { publishAppended, publishFleeting } from "./publish.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { messageView, stateView } from "./view.ts";

type Audience = "all" | "operators";

export type NewMessage = {
  id?: string;
  author: { kind: AuthorKind; id?: string; name?: string };
  text: string;
  audience?: Audience;
  clientId?: string;
  replyTo?: string;
  sources?: Source[];
  attachments?: Attachment[];
  notice?: Notice;
  answer?: Answer;
};

/** What must still hold when the log is locked; otherwise nothing is written. */
export type Guard = { state?: State; epoch?: number; operatorId?: string; lastCustomerSeq?: number };

export type Change = {
  move: Move;
  state: State;
  operatorId?: string;
  operatorName?: string;
  waitingSince?: Date;
  reason?: EscalationReason;
  note?: string;
  closedAt?: Date;
  by?: Extract<DurableEvent, { type: "state" }>["by"];
};

export type NewDecision = Omit<DecisionView, "id" | "createdAt" | "seq"> & { seq?: number; runId?: string };

export type Job = {
  task: string;
  payload: Record<string, unknown>;
  queue?: string;
  runAt?: Date;
  key?: string;
  maxAttempts?: number;
};

export type Append = {
  now: Date;
  /** The id that a client gave its message: the same id twice is one message. */
  clientId?: string;
  guard?: Guard;
  /** A change of state; it raises the epoch where it changes the owner. */
  change?: Change;
  offered?: boolean;
  messages?: NewMessage[];
  /** Starts the AI's answer to the customer's newest message; with a holder it is claimed in the same commit. */
  run?: { id: string; messageId: string; holder?: string; leaseMs?: number };
  /** Ends a run in the same commit; only the holder of its newest fence can. */
  finish?: {
    runId: string;
    fence: number;
    state: "complete" | "interrupted" | "stopped" | "escalated" | "superseded";
    text?: string;
    model?: string;
    detail?: Record<string, unknown>;
  };
  decisions?: NewDecision[];
  escalation?: { reason: EscalationReason; sentence: string; packet: HandoverPacket };
  acceptedBy?: string;
  jobs?: Job[];
  /** The stream of the window that asked. */
  from?: string;
};

export type Appended =
  | {
      outcome: "done";
      conversation: ConversationRecord;
      messages: MessageView[];
      seqs: number[];
      superseded: { runId: string; messageId: string }[];
    }
  | { outcome: "duplicate"; conversation: ConversationRecord; message: MessageView }
  | { outcome: "conflict"; conversation: ConversationRecord };

/**
 * Writes entries to a conversation's log in one statement and one commit: numbers, messages, state, runs, ledger and
 * jobs together or not at all; then rings the bus. Answers `conflict` when the guard no longer holds.
 * Throws `not_found` for what the company does not have.
 */
export async function append(before: ConversationRecord, command: Append): Promise<Appended> {
  const { change } = command;
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
  const messageEntries = (command.messages ?? []).map((message) => ({
    type: "message",
    audience: message.audience ?? "all",
    message: {
      id: message.id ?? newId(command.now.getTime()),
      authorKind: message.author.kind,
      authorId: message.author.id,
      authorName: message.author.name,
      text: message.text,
      clientId: message.clientId,
      replyTo: message.replyTo,
      sources: message.sources,
      attachments: message.attachments,
      notice: message.notice,
      answer: message.answer,
    },
  }));
  const entries = stateEntry === undefined ? messageEntries : [stateEntry, ...messageEntries];

  const answer = await write({
    companyId: before.companyId,
    conversationId: before.id,
    operatorId: before.operatorId,
    now: command.now.toISOString(),
    clientId: command.clientId,
    // A change is planned on the state it read, so it always holds on to it.
    guard:
      change === undefined ? command.guard : { state: before.state, epoch: before.epoch, ...command.guard },
    patch: { ...state, ...(offered !== undefined && { offered }) },
    entries,
    run: command.run,
    finish: command.finish,
    decisions: command.decisions?.map((decision) => ({ ...decision, id: newId(command.now.getTime()) })),
    escalation: command.escalation && { ...command.escalation, id: newId(command.now.getTime()) },
    acceptedBy: command.acceptedBy,
    jobs: command.jobs,
  });
  if (answer.outcome === "not_found" || answer.conversation === undefined) {
    throw new AppError("not_found", "This conversation does not exist.");
  }
  // The names beside it are left out where its operator is still the one we know.
  const conversation = conversationRecord({ ...namesOf(before), ...answer.conversation });
  if (answer.outcome === "conflict") return { outcome: "conflict", conversation };
  if (answer.outcome === "duplicate") {
    return { outcome: "duplicate", conversation, message: messageView(answer.message ?? {}) };
  }

  const seqs = answer.seqs ?? [];
  const published = entries.map((entry, index) => ({
    audience: "audience" in entry ? entry.audience : ("all" as const),
    event: asEvent(entry, conversation.id, seqs[index] ?? 0, command.now),
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

type Asked = { companyId: string; conversationId: string } & Record<string, unknown>;

/** Commits one command: those that come while others are under way share a commit with them. */
function write(asked: Asked): Promise<Answered> {
  return once("log.write", () => groupCommit(writeAll, { lanes: 2, most: 32 }))(asked);
}

async function writeAll(asked: Asked[]): Promise<Answered[]> {
  // Always locked in one order, so that two commits that share conversations cannot wait for each other.
  const inOrder = asked.map((_, at) => at).sort((a, b) => byPlace(asked[a], asked[b]));
  const commands = JSON.stringify(inOrder.map((at) => asked[at]));
  const [row] = await callSql<{ answers: Answered[] }>("SELECT append($1::jsonb) AS answers", [commands], {
    name: "append",
  });
  const answers: Answered[] = asked.map(() => ({ outcome: "not_found" }));
  for (const [n, answer] of (row?.answers ?? []).entries()) answers[inOrder[n] ?? 0] = answer;
  return answers;
}

function byPlace(a: Asked | undefined, b: Asked | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return compare(a.companyId, b.companyId) || compare(a.conversationId, b.conversationId);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function namesOf({ contactName, agentName, operatorName, operatorImage }: ConversationRecord) {
  return {
    contact_name: contactName,
    agent_name: agentName,
    operator_name: operatorName,
    operator_image: operatorImage,
  };
}

type Answered = {
  outcome: "done" | "duplicate" | "conflict" | "not_found";
  conversation?: Record<string, unknown>;
  message?: Record<string, unknown>;
  seqs?: number[];
  superseded?: { runId: string; messageId: string }[];
};

type Entry = {
  type: string;
  payload?: unknown;
  message?: { id: string } & Record<string, unknown>;
  audience?: Audience;
};

function asEvent(entry: Entry, conversationId: string, seq: number, now: Date): DurableEvent {
  if (entry.message === undefined) {
    return { type: "state", conversationId, seq, ...(entry.payload as StatePayload) };
  }
  const words = entry.message;
  return {
    type: "message",
    conversationId,
    seq,
    message: messageView({
      id: words.id,
      conversation_id: conversationId,
      seq,
      author_kind: words.authorKind,
      author_id: words.authorId,
      author_name: words.authorName,
      text: words.text,
      audience: entry.audience ?? "all",
      client_id: words.clientId,
      reply_to: words.replyTo,
      sources: words.sources,
      attachments: words.attachments,
      notice: words.notice,
      answer: words.answer,
      created_at: now,
    }),
  };
}

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
