import { liveAfter } from "#components/inbox/calls/call-after.ts";
import type { MessageView } from "#contracts/conversation";
import type { ConversationRow, OperatorView } from "#contracts/operator";
import type { InboxEvent } from "./events.ts";
import { type Counts, type ListRef, placeRow, type RowList, shiftCounts } from "./rows.ts";
import { applyToThread, type Thread } from "./thread.ts";

/** A list that was fetched, and what it holds. */
export type KnownList = { ref: ListRef; list: RowList };

/** Everything a window knows about the inbox. */
export type InboxCache = {
  lists: KnownList[];
  threads: Record<string, Thread>;
  counts?: Counts | undefined;
  operators?: OperatorView[] | undefined;
  /** The counts, or a row, can no longer be told from what was heard alone. */
  unsure?: boolean;
};

/** The inbox after an event: the same object wherever nothing changed. */
export function applyEvent(
  cache: InboxCache,
  event: InboxEvent,
  { me, now }: { me: string; now: number },
): InboxCache {
  if (event.type === "snapshot") return withPresence(cache, event.operators);
  if (event.type === "presence" && event.conversationId === undefined)
    return withPresence(cache, event.operators);
  if (!("conversationId" in event) || event.conversationId === undefined) return cache;

  const before = knownRow(cache, event.conversationId);
  const row = before ? rowAfter(before, event) : rowOf(event);
  const placed = row && row !== before ? withRow(cache, row, before, me) : cache;
  const unsure =
    before === undefined && ["message", "state", "attributes", "call", "row"].includes(event.type);
  const thread = placed.threads[event.conversationId];
  const changed = thread ? applyToThread(thread, event, now) : undefined;
  if (placed === cache && changed === thread && !unsure) return cache;

  return {
    ...placed,
    unsure: cache.unsure || unsure,
    threads: changed ? { ...placed.threads, [event.conversationId]: changed } : placed.threads,
  };
}

/** Somebody is here who joined the company after the window learnt who works in it. */
export function bringsNewcomer(event: InboxEvent, { operators }: Pick<InboxCache, "operators">): boolean {
  if (operators === undefined || (event.type !== "snapshot" && event.type !== "presence")) return false;
  if (event.type === "presence" && event.conversationId !== undefined) return false;
  const known = new Set(operators.map(({ id }) => id));
  return event.operators.some(({ id }) => !known.has(id));
}

/** What is known of a conversation's row, from wherever it stands. */
export function knownRow(cache: InboxCache, id: string): ConversationRow | undefined {
  for (const { list } of cache.lists) {
    for (const page of list.pages) {
      const found = page.rows.find((row) => row.id === id);
      if (found) return found;
    }
  }
  return cache.threads[id]?.row;
}

function withRow(cache: InboxCache, row: ConversationRow, before: ConversationRow | undefined, me: string) {
  const lists = cache.lists.map(({ ref, list }) => ({ ref, list: placeRow(ref, list, row, me) }));
  const counts = cache.counts && before ? shiftCounts(cache.counts, before, row, me) : cache.counts;
  return { ...cache, lists, counts };
}

function rowOf(event: InboxEvent): ConversationRow | undefined {
  return event.type === "row" ? event.row : undefined;
}

function rowAfter(row: ConversationRow, event: InboxEvent): ConversationRow {
  if (event.type === "row") return event.row.head < row.head ? row : event.row;
  if (event.type === "message" && event.seq > row.head) return rowAfterMessage(row, event.message, event.seq);
  if (event.type === "state" && event.seq > row.head) {
    const waiting = event.state.state === "WAITING_HUMAN";
    const escalatedAt = waiting ? (row.escalatedAt ?? event.state.since) : undefined;
    return { ...row, state: event.state, escalatedAt, head: event.seq };
  }
  if (event.type === "attributes" && event.seq > row.head)
    return { ...row, attributes: event.attributes, head: event.seq };
  if (event.type === "call" && event.seq > row.head)
    return { ...row, liveCall: liveAfter(row.liveCall, event.call), head: event.seq };
  if (event.type === "delivery" && event.seq > row.head) return { ...row, head: event.seq };
  return row;
}

function rowAfterMessage(row: ConversationRow, message: MessageView, seq: number): ConversationRow {
  const head = { ...withoutSnooze(row, message), head: seq };
  if (message.audience === "operators" || message.author.kind === "system") return head;
  return {
    ...head,
    snippet: message.text.replace(/\s+/g, " ").slice(0, 160),
    lastAuthor: message.author.kind,
    lastMessageAt: message.createdAt,
    unread: message.author.kind === "customer" ? row.unread + 1 : row.unread,
  };
}

/** The customer's word ends a snooze, in the same commit as it is stored. */
function withoutSnooze(row: ConversationRow, { author }: MessageView): ConversationRow {
  if (author.kind !== "customer" || row.attributes.snoozedUntil === undefined) return row;
  return { ...row, attributes: { ...row.attributes, snoozedUntil: undefined } };
}

function withPresence(cache: InboxCache, present: Pick<OperatorView, "id" | "status">[]): InboxCache {
  if (!cache.operators) return cache;
  const status = new Map(present.map((operator) => [operator.id, operator.status]));
  const operators = cache.operators.map((operator) => ({
    ...operator,
    status: status.get(operator.id) ?? operator.status,
  }));
  return { ...cache, operators };
}
