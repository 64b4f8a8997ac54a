import type { MessageView, Receipts, StateView } from "#contracts/conversation";
import type { ConversationSnapshot } from "#contracts/events";
import type { ConversationEvent } from "./conversation-events.ts";

/** An answer that is being written. */
export type LiveRun = {
  runId: string;
  messageId: string;
  text: string;
  thinking: boolean;
  since: number;
  /** When anything was last heard of it. */
  heard: number;
};

export type Typist = { kind: MessageView["author"]["kind"]; name?: string; until: number };

/** A conversation as a window holds it: the log without doubles, and what is happening just now. */
export type Conversation = {
  conversationId: string;
  messages: readonly MessageView[];
  more: boolean;
  state: StateView;
  stateSeq: number;
  receipts: Receipts;
  run?: LiveRun;
  /** Runs that have ended: what still arrives of them is late and dropped. */
  ended: readonly string[];
  typists: Readonly<Record<string, Typist>>;
};

/** How long a "typing" holds without being said again. */
export const typingLasts = 5_000;

/** A conversation as a snapshot tells it. */
export function conversationFrom(snapshot: ConversationSnapshot, now: number): Conversation {
  const { conversationId, messages, more, state, receipts, run, head } = snapshot;
  const conversation: Conversation = {
    conversationId,
    messages: [...messages].sort((a, b) => a.seq - b.seq),
    more,
    state,
    stateSeq: head,
    receipts,
    ended: [],
    typists: {},
  };
  if (run) conversation.run = { ...run, since: now, heard: now };
  return conversation;
}

/** The conversation after an event. The same event twice, late or out of order changes nothing more. */
export function follow(before: Conversation, event: ConversationEvent, now: number): Conversation {
  switch (event.type) {
    case "snapshot":
      return merged(before, event.snapshot, now);
    case "message":
      return event.conversationId === before.conversationId ? withMessage(before, event.message) : before;
    case "state":
      if (event.conversationId !== before.conversationId || event.seq <= before.stateSeq) return before;
      return { ...before, state: event.state, stateSeq: event.seq };
    case "thinking":
    case "delta":
      return whileRunning(before, event, now);
    case "complete":
    case "interrupted":
      return before;
    case "superseded":
      return withoutRun(before, event.runId);
    case "typing":
      return withTypist(before, event, now);
    case "read":
      return { ...before, receipts: furthest(before.receipts, event.receipts) };
    case "queue": {
      if (before.state.state !== "WAITING_HUMAN") return before;
      const { position, estimateMinutes } = event;
      return { ...before, state: { ...before.state, position, estimateMinutes } };
    }
    case "agent_joined":
    case "agent_left":
      return before;
  }
}

/** Adds a message where its number puts it; its finished text takes the place of what was streamed. */
export function withMessage(before: Conversation, message: MessageView): Conversation {
  if (before.messages.some(({ id, seq }) => id === message.id || seq === message.seq)) return before;
  const at = before.messages.findLastIndex(({ seq }) => seq < message.seq) + 1;
  const messages = before.messages.toSpliced(at, 0, message);
  const typists = without(before.typists, typistKey(message.author.kind, message.author.id));
  const offers = message.notice?.kind === "offer" && message.seq > before.stateSeq;
  const state = offers ? { ...before.state, offered: true } : before.state;
  const after = { ...before, messages, typists, state };
  const runId =
    message.answer?.runId ?? (before.run?.messageId === message.id ? before.run.runId : undefined);
  return runId === undefined ? after : withoutRun(after, runId);
}

/** The conversation without typists whose time is over. */
export function withoutStale(before: Conversation, now: number): Conversation {
  const still = Object.entries(before.typists).filter(([, { until }]) => until > now);
  if (still.length === Object.keys(before.typists).length) return before;
  return { ...before, typists: Object.fromEntries(still) };
}

/** The conversation without a run that nothing was heard of since a moment: its end was missed. */
export function withoutSilentRun(before: Conversation, since: number): Conversation {
  if (before.run === undefined || before.run.heard >= since) return before;
  const { run: _, ...rest } = before;
  return rest;
}

// A snapshot may begin later than what this window has read, and end before what it has just sent.
function merged(before: Conversation, snapshot: ConversationSnapshot, now: number): Conversation {
  const fresh = conversationFrom(snapshot, now);
  if (snapshot.conversationId !== before.conversationId) return fresh;
  const first = fresh.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  // Without a message in common there may be a hole between what is held and what came: then it is read again from here.
  const joined = before.messages.some(({ seq }) => seq >= first);
  const older = fresh.more && joined ? before.messages.filter(({ seq }) => seq < first) : [];
  const newer = before.messages.filter(({ seq }) => seq > snapshot.head);
  const late = before.stateSeq > fresh.stateSeq;
  return {
    ...fresh,
    messages: [...older, ...fresh.messages, ...newer],
    more: older.length > 0 ? before.more : fresh.more,
    state: late ? before.state : fresh.state,
    stateSeq: Math.max(before.stateSeq, fresh.stateSeq),
    receipts: furthest(before.receipts, fresh.receipts),
    ended: before.ended,
  };
}

function whileRunning(
  before: Conversation,
  event: Extract<ConversationEvent, { type: "thinking" | "delta" }>,
  now: number,
): Conversation {
  const { runId, messageId } = event;
  if (before.ended.includes(runId) || before.messages.some(({ id }) => id === messageId)) return before;
  const known = before.run?.runId === runId ? before.run : undefined;
  const run: LiveRun = known ?? { runId, messageId, text: "", thinking: true, since: now, heard: now };
  if (event.type === "thinking") return { ...before, run: { ...run, heard: now } };
  // A hole in what was streamed is never papered over: the stored message will bring the whole text.
  if (event.offset > run.text.length) return { ...before, run: { ...run, heard: now } };
  const text = run.text.slice(0, event.offset) + event.text;
  if (text.length < run.text.length && run.text.startsWith(text)) return before;
  return { ...before, run: { ...run, text, thinking: false, heard: now } };
}

function withoutRun(before: Conversation, runId: string): Conversation {
  const ended = before.ended.includes(runId) ? before.ended : [...before.ended.slice(-49), runId];
  const { run, ...rest } = before;
  return run && run.runId !== runId ? { ...rest, run, ended } : { ...rest, ended };
}

function withTypist(
  before: Conversation,
  event: Extract<ConversationEvent, { type: "typing" }>,
  now: number,
): Conversation {
  const key = typistKey(event.author, event.authorId);
  if (!event.typing) return { ...before, typists: without(before.typists, key) };
  const typist: Typist = { kind: event.author, until: now + typingLasts };
  if (event.name !== undefined) typist.name = event.name;
  return { ...before, typists: { ...before.typists, [key]: typist } };
}

function typistKey(kind: string, id: string | undefined) {
  return `${kind}:${id ?? ""}`;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!Object.hasOwn(record, key)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

function furthest(a: Receipts, b: Receipts): Receipts {
  return {
    customerRead: Math.max(a.customerRead, b.customerRead),
    operatorRead: Math.max(a.operatorRead, b.operatorRead),
  };
}
