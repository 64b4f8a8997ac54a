import type { CallDirection, CallOutcome, CallStatus, CallView } from "#contracts/calls";
import type { DurableEvent } from "#contracts/events";
import { callSql, read } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Job } from "./command.ts";
import { publishAppended } from "./publish.ts";
import { findConversation, type Reader } from "./read.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { customerName, messageEvent } from "./view.ts";

/** The ids by which a call is known: our own, the phone company's, the voice agent's platform's. */
export type CallIds = {
  connectionId: string;
  id?: string | undefined;
  callSid?: string | undefined;
  voiceConversationId?: string | undefined;
};

/** What is told of a call; what is left out stays as it is known. */
export type CallNews = CallIds & {
  leadId: string;
  direction: CallDirection;
  status: CallStatus;
  requestId?: string | undefined;
  requestedBy?: { id: string; name: string } | undefined;
  context?: string | undefined;
  startedAt?: Date | undefined;
  dialledAt?: Date | undefined;
  answeredAt?: Date | undefined;
  endedAt?: Date | undefined;
  durationSeconds?: number | undefined;
  cost?: number | undefined;
  outcome?: CallOutcome | undefined;
  failureReason?: string | undefined;
  recordingUrl?: string | undefined;
  summary?: string | undefined;
};

/** Words of a call; `n` counts them within it. */
export type CallTurn = { n: number; author: "customer" | "agent"; text: string; at: Date };

/** A line for operators alone after the words of a call: the same id twice is one line. */
export type CallLine = { clientId: string; text: string };

export type CallTold = {
  now: Date;
  call: CallNews;
  turns?: CallTurn[];
  lines?: CallLine[];
  /** Committed with what was told, also where all of it was known. */
  jobs?: Job[];
  /** The call is asked for: it is made only within these, while no person has the conversation and no call goes on. */
  limits?: CallLimits;
};

/** How many calls a company's agents may make from a moment on, and what they may cost. */
export type CallLimits = { since: Date; dailyCalls: number; dailyCost?: number | undefined };

export type CallLogged = {
  call: CallView;
  /** What changed of the call; undefined where all that was told of it was known. */
  change: Extract<DurableEvent, { type: "call" }>["change"] | undefined;
  conversation: ConversationRecord;
};

/**
 * Writes what was told of a phone call, and the words that were spoken, into its conversation's log, in one commit. The
 * first telling makes the call, later ones fill it in; its status only moves forward, and no word is written twice. Spoken
 * words start no answer and leave for no platform. Throws `not_found`, and `conflict` with its reason for a call beyond its
 * limits.
 */
export async function logCall(
  companyId: string,
  conversationId: string,
  told: CallTold,
): Promise<CallLogged> {
  const conversation = await findConversation({ companyId }, conversationId);
  const [row] = await callSql<{ answer: Answered }>("SELECT log_call($1::jsonb) AS answer", [
    JSON.stringify({
      companyId,
      conversationId,
      now: told.now,
      // A call that is known under another of its ids keeps its own.
      call: { ...told.call, id: told.call.id ?? newId(told.now.getTime()) },
      entries: [...spokenEntries(conversation, told), ...lineEntries(told)],
      jobs: told.jobs,
      limits: told.limits,
    }),
  ]);
  const answer = row?.answer ?? { outcome: "not_found" };
  if (answer.outcome === "elsewhere") return logCall(companyId, answer.conversationId, told);
  if (answer.outcome === "not_found") throw new AppError("not_found", "This conversation does not exist.");
  const after = conversationRecord(answer.conversation);
  if (answer.outcome === "refused") throw refused(answer.reason, after);
  const events = answer.entries.map((entry, index) => ({
    audience: entry.audience ?? ("all" as const),
    event: asEvent(entry, conversationId, answer.seqs[index] ?? 0),
  }));
  if (events.length > 0) publishAppended(after, events, { at: told.now.getTime() });
  return { call: answer.call, change: answer.change ?? undefined, conversation: after };
}

/** The call that one of these ids names; undefined where none is known. */
export async function findCall(
  companyId: string,
  { connectionId, id, callSid, voiceConversationId }: CallIds,
): Promise<CallView | undefined> {
  const [row] = await read<{ call: CallView }>(
    companyId,
    `SELECT call_view(p) AS call FROM phone_call p WHERE company_id = $1 AND connection_id = $2
       AND (id = $3 OR call_sid = $4 OR voice_conversation_id = $5) ORDER BY id = $3 DESC NULLS LAST LIMIT 1`,
    [companyId, connectionId, id, callSid, voiceConversationId],
  );
  return row?.call;
}

/** The newest calls of a conversation, newest first. */
export async function callsOf(
  who: Reader,
  conversationId: string,
  options: { before?: number | undefined; limit: number },
): Promise<CallView[]> {
  const rows = await read<{ call: CallView }>(
    who.companyId,
    `SELECT call_view(p) AS call FROM phone_call p
     WHERE company_id = $1 AND conversation_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4`,
    [who.companyId, conversationId, options.before ?? 2_147_483_647, options.limit],
  );
  return rows.map(({ call }) => call);
}

type Entry = {
  type: "message" | "call";
  audience?: "all" | "operators";
  at: string;
  message?: Record<string, unknown>;
  payload?: Pick<Extract<DurableEvent, { type: "call" }>, "call" | "change">;
};

type Answered =
  | { outcome: "not_found" }
  | { outcome: "elsewhere"; conversationId: string }
  | { outcome: "refused"; reason: Refusal; conversation: Record<string, unknown> }
  | {
      outcome: "done";
      call: CallView;
      change: CallLogged["change"] | null;
      entries: Entry[];
      seqs: number[];
      conversation: Record<string, unknown>;
    };

type Refusal = "human_control" | "live_call" | "cap";

function refused(
  reason: Refusal,
  { operatorId, operatorName = "A colleague" }: ConversationRecord,
): AppError {
  const words: Record<Refusal, string> = {
    human_control: `${operatorName} has this conversation: the assistant may call when it is handed back.`,
    live_call: "A call with this customer is going on already.",
    cap: "The assistant has made as many calls today as the company allows.",
  };
  const holder = reason === "human_control" ? { id: operatorId, name: operatorName } : undefined;
  return new AppError("conflict", words[reason], { details: { reason, ...(holder && { holder }) } });
}

function spokenEntries(conversation: ConversationRecord, { turns = [], now }: CallTold) {
  const customer = { id: conversation.contactId, name: conversation.contactName };
  const authors = {
    customer: { authorKind: "customer", authorId: customer.id, authorName: customerName(customer) },
    agent: { authorKind: "agent", authorId: conversation.agentId, authorName: conversation.agentName },
  };
  return turns.map(({ n, author, text, at }) => ({
    type: "message",
    turn: n,
    silent: true,
    at,
    message: { id: newId(now.getTime()), ...authors[author], text },
  }));
}

function lineEntries({ lines = [], now }: CallTold) {
  return lines.map(({ clientId, text }) => ({
    type: "message",
    audience: "operators",
    at: now,
    message: { id: newId(now.getTime()), authorKind: "system", text, clientId },
  }));
}

function asEvent(entry: Entry, conversationId: string, seq: number): DurableEvent {
  if (entry.payload !== undefined) return { type: "call", conversationId, seq, ...entry.payload };
  return messageEvent({ ...entry, message: entry.message ?? {} }, { conversationId, seq, at: entry.at });
}
