import { callIn, knownCalls, liveAfter, olderCalls } from "#components/inbox/calls/call-after.ts";
import type { CallView } from "#contracts/calls";
import type { Author, Delivery, MessageView } from "#contracts/conversation";
import type { ConversationDetail } from "#contracts/operator";
import type { InboxEvent } from "./events.ts";

export type Typist = {
  key: string;
  kind: Author["kind"];
  id?: string | undefined;
  name?: string | undefined;
  until: number;
};

/** One conversation as a window holds it. `stale` asks for it to be fetched again: something was missed. */
export type Thread = ConversationDetail & {
  typists: Typist[];
  /** There are calls before those that are here. */
  moreCalls: boolean;
  stale?: boolean;
};

/** How long somebody is thought to go on typing after the last sign of it. */
const typingLasts = 6_000;

/** Makes a thread of a fetched conversation, keeping the older messages that were loaded before. */
export function threadOf(detail: ConversationDetail, before: Thread | undefined): Thread {
  const first = detail.messages[0]?.seq ?? 0;
  const older = before?.messages.filter(({ seq }) => seq < first) ?? [];
  // Only what joins without a hole may stay.
  const joins = detail.more && older.length > 0 && detail.messages.length > 0;
  const messages = joins ? [...older, ...detail.messages] : detail.messages;
  const more = joins ? (before?.more ?? detail.more) : detail.more;
  return { ...detail, ...knownCalls(detail, before), messages, more, typists: before?.typists ?? [] };
}

/** Older messages, and the calls that stand among them. */
export type OlderPage = Pick<Thread, "messages" | "more" | "moreCalls"> & { calls: CallView[] };

/** Puts an older page before what is there. */
export function withOlder(thread: Thread, { messages, more, calls, moreCalls }: OlderPage): Thread {
  const first = thread.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = messages.filter(({ seq }) => seq < first);
  return {
    ...thread,
    messages: [...older, ...thread.messages],
    more,
    calls: thread.calls && olderCalls(thread.calls, calls),
    moreCalls,
  };
}

/** The thread after an event of its own conversation. */
export function applyToThread(thread: Thread, event: InboxEvent, now: number): Thread {
  switch (event.type) {
    case "message":
      return afterMessage(advance(thread, event.seq), event.message);
    case "state":
      return advance({ ...thread, row: { ...thread.row, state: event.state } }, event.seq);
    case "attributes":
      return event.seq > thread.row.head
        ? advance({ ...thread, row: { ...thread.row, attributes: event.attributes } }, event.seq)
        : thread;
    case "call":
      return advance(afterCall(thread, event), event.seq);
    case "delivery":
      // The log's order outranks the clocks of its writers.
      return event.seq > thread.row.head
        ? withDelivery(advance(thread, event.seq), event.messageId, event.delivery)
        : afterLateDelivery(thread, event.messageId, event.delivery);
    case "row":
      return event.row.head < thread.row.head ? thread : afterRow(thread, event.row);
    case "thinking":
      return { ...thread, run: { runId: event.runId, messageId: event.messageId, text: "", thinking: true } };
    case "delta":
      return afterDelta(thread, event);
    case "complete":
    case "superseded":
      return thread.run?.messageId === event.messageId ? { ...thread, run: undefined } : thread;
    case "interrupted":
      return afterInterruption(thread, event.messageId);
    case "typing":
      return { ...thread, typists: typistsAfter(thread.typists, event, now) };
    case "read":
      return { ...thread, receipts: laterReceipts(thread.receipts, event.receipts) };
    case "presence":
      return {
        ...thread,
        viewers: event.operators,
        customerOnline: event.customerOnline ?? thread.customerOnline,
      };
    default:
      return thread;
  }
}

type EventOf<Type extends InboxEvent["type"]> = Extract<InboxEvent, { type: Type }>;

/** Moves the head; a jump means that something between was not heard. */
function advance(thread: Thread, seq: number): Thread {
  const { head } = thread.row;
  if (seq <= head) return thread;
  const moved = { ...thread, row: { ...thread.row, head: seq } };
  return seq > head + 1 ? { ...moved, stale: true } : moved;
}

function afterMessage(thread: Thread, message: MessageView): Thread {
  if (thread.messages.some(({ id }) => id === message.id))
    return message.delivery ? afterLateDelivery(thread, message.id, message.delivery) : thread;
  const messages = [...thread.messages, message].sort((a, b) => a.seq - b.seq);
  const run = thread.run?.messageId === message.id ? undefined : thread.run;
  const key = typistKey(message.author.kind, message.author.id);
  return { ...thread, messages, run, typists: thread.typists.filter((typist) => typist.key !== key) };
}

function afterCall(thread: Thread, event: EventOf<"call">): Thread {
  const { row } = thread;
  const liveCall = event.seq > row.head ? liveAfter(row.liveCall, event.call) : row.liveCall;
  return { ...thread, row: { ...row, liveCall }, calls: callIn(thread.calls, event) };
}

/** What is known already may be newer: a fetched conversation is ahead of what its stream still tells. */
function afterLateDelivery(thread: Thread, messageId: string, delivery: Delivery): Thread {
  const known = thread.messages.find(({ id }) => id === messageId)?.delivery;
  if (known && Date.parse(known.at) >= Date.parse(delivery.at)) return thread;
  return withDelivery(thread, messageId, delivery);
}

function withDelivery(thread: Thread, messageId: string, delivery: Delivery): Thread {
  const messages = thread.messages.map((message) =>
    message.id === messageId ? { ...message, delivery } : message,
  );
  return { ...thread, messages };
}

function afterDelta(thread: Thread, event: EventOf<"delta">): Thread {
  const { runId, messageId, offset, text } = event;
  if (thread.messages.some(({ id }) => id === messageId)) return thread;
  const written = thread.run?.messageId === messageId ? thread.run.text : "";
  // A hole: the next reader's delta, or the stored message, brings the whole text.
  if (offset > written.length) return thread;
  return { ...thread, run: { runId, messageId, text: written.slice(0, offset) + text, thinking: false } };
}

function afterInterruption(thread: Thread, messageId: string): Thread {
  if (thread.run?.messageId !== messageId) return thread;
  // What was written stays until its stored message takes the place.
  return { ...thread, run: thread.run.text === "" ? undefined : { ...thread.run, thinking: false } };
}

function typistsAfter(typists: Typist[], event: EventOf<"typing">, now: number): Typist[] {
  const { author, authorId, name } = event;
  const key = typistKey(author, authorId);
  const others = typists.filter((typist) => typist.key !== key && typist.until > now);
  if (!event.typing) return others;
  return [...others, { key, kind: author, id: authorId, name, until: now + typingLasts }];
}

/** A customer has one voice in a conversation, whatever id the event carries. */
function typistKey(kind: Author["kind"], id: string | undefined): string {
  return kind === "operator" ? `operator:${id ?? ""}` : kind;
}

function laterReceipts(a: Thread["receipts"], b: Thread["receipts"]): Thread["receipts"] {
  return {
    customerRead: Math.max(a.customerRead, b.customerRead),
    operatorRead: Math.max(a.operatorRead, b.operatorRead),
  };
}

function afterRow(thread: Thread, row: Thread["row"]): Thread {
  const after = { ...thread, row: keepPosition(thread, row) };
  // The customer was merged with another contact, of whom a row tells no more than the name.
  return row.customer.id === thread.customer.id ? after : { ...after, stale: true };
}

/** Rows of the list do not tell the place in the queue; a conversation that still waits keeps what it knew. */
function keepPosition(thread: Thread, row: Thread["row"]): Thread["row"] {
  const { position } = thread.row.state;
  if (row.state.state !== "WAITING_HUMAN" || row.state.position !== undefined) return row;
  return { ...row, state: { ...row.state, position } };
}
