import { describe, expect, it } from "vitest";
import {
  applyEvent,
  bringsNewcomer,
  type InboxCache,
  type KnownList,
} from "#components/inbox/data/apply-event.ts";
import { rowsOf } from "#components/inbox/data/rows.ts";
import { threadOf } from "#components/inbox/data/thread.ts";
import type { ConversationPage, ConversationRow, ListFilters, View } from "#contracts/operator";
import { conversations, countsOf } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const now = Date.parse("2026-11-20T12:00:00Z");
const who = { me: "op-maya", now };
const all = conversations(9, now);
const [first] = all;
if (!first) throw new Error("There are no conversations to try.");
const counts = countsOf({ needs_response: 3, all: 9, ai: 4, resolved: 1 });

function cacheOf(rows: ConversationRow[] = all.map(({ row }) => row)): InboxCache {
  const page = { rows, counts, cursor: "o1" };
  return {
    lists: [
      listOf("all", page),
      listOf("needs_response", { ...page, rows: rows.slice(0, 3) }),
      listOf("mine", { ...page, rows: [] }),
    ],
    threads: first ? { [first.row.id]: threadOf(first, undefined) } : {},
    counts,
  };
}

function listOf(view: View, page: ConversationPage, filters: ListFilters = {}): KnownList {
  return { ref: { view, filters }, list: { pages: [page], pageParams: [undefined] } };
}

/** The rows that a list of these then holds. */
function rowsIn(cache: InboxCache, view: View): ConversationRow[] {
  return rowsOf({ view }, cache.lists.find(({ ref }) => ref.view === view)?.list);
}

const accepted: ConversationRow = {
  ...first.row,
  lastAuthor: "operator",
  head: first.row.head + 1,
  state: {
    ...first.row.state,
    state: "WITH_HUMAN",
    owner: "operator",
    operator: { id: "op-maya", name: "Maya" },
  },
};

describe("a row that changed", () => {
  it("moves between the views and their counts in the same step", () => {
    const after = applyEvent(cacheOf(), { type: "row", conversationId: first.row.id, row: accepted }, who);
    expect(rowsIn(after, "needs_response").map(({ id }) => id)).not.toContain(first.row.id);
    expect(rowsIn(after, "mine").map(({ id }) => id)).toEqual([first.row.id]);
    expect(after.counts).toMatchObject({ needs_response: 2, mine: 1, all: 9 });
  });

  it("changes nothing when it is older than what is known", () => {
    const newer = applyEvent(cacheOf(), { type: "row", conversationId: first.row.id, row: accepted }, who);
    const again = applyEvent(newer, { type: "row", conversationId: first.row.id, row: first.row }, who);
    expect(again.lists).toBe(newer.lists);
  });

  it("counts what a platform told as heard, and leaves everything else of the row", () => {
    const { id, head } = first.row;
    const delivery = { state: "read", at: "2026-11-20T12:00:00.000Z" } as const;
    const event = {
      type: "delivery",
      conversationId: id,
      seq: head + 1,
      messageId: idOf(1),
      delivery,
    } as const;
    const after = applyEvent(cacheOf(), event, who);
    expect(rowsIn(after, "all").find((row) => row.id === id)).toEqual({
      ...first.row,
      head: head + 1,
    });
    expect(after.counts).toEqual(counts);
    const elsewhere = applyEvent(cacheOf(), { ...event, conversationId: idOf(777) }, who);
    expect(elsewhere.unsure).toBeFalsy();
  });

  it("asks for the counts when the conversation was never seen here", () => {
    const row = { ...first.row, id: idOf(777) };
    const after = applyEvent(cacheOf(), { type: "row", conversationId: row.id, row }, who);
    expect(after.unsure).toBe(true);
    expect(rowsIn(after, "all").map(({ id }) => id)).toContain(row.id);
  });
});

describe("a message", () => {
  const message = {
    id: idOf(801),
    conversationId: first.row.id,
    seq: first.row.head + 1,
    author: { kind: "customer" as const },
    text: "Hello?\n\nAnyone?",
    audience: "all" as const,
    createdAt: "2026-11-20T12:00:01.000Z",
  };
  const event = { type: "message" as const, conversationId: first.row.id, seq: message.seq, message };

  it("shows in the list and in the open conversation, once however often it comes", () => {
    const once = applyEvent(cacheOf(), event, who);
    const twice = applyEvent(once, event, who);
    const thread = twice.threads[first.row.id];
    expect(thread?.messages.filter(({ id }) => id === message.id)).toHaveLength(1);
    expect(rowsIn(twice, "all")[0]).toMatchObject({
      snippet: "Hello? Anyone?",
      unread: first.row.unread + 1,
    });
  });

  it("asks for the whole conversation when one before it was missed", () => {
    const seq = message.seq + 1;
    const after = applyEvent(cacheOf(), { ...event, seq, message: { ...message, seq } }, who);
    expect(after.threads[first.row.id]?.stale).toBe(true);
  });

  it("keeps an internal note out of the list's words", () => {
    const note = { ...message, audience: "operators" as const };
    const after = applyEvent(cacheOf(), { ...event, message: note }, who);
    expect(rowsIn(after, "all")[0]?.snippet).toBe(first.row.snippet);
  });
});

describe("presence", () => {
  it("tells which operators are there", () => {
    const operators = [
      { id: "op-anna", name: "Anna", email: "a@b.c", role: "operator" as const, status: "offline" as const },
    ];
    const event = {
      type: "presence" as const,
      operators: [{ id: "op-anna", name: "Anna", status: "online" as const }],
    };
    const after = applyEvent({ ...cacheOf(), operators }, event, who);
    expect(after.operators?.[0]?.status).toBe("online");
  });

  it("tells that somebody has joined the company since", () => {
    const anna = { id: "op-anna", name: "Anna", status: "online" as const };
    const ben = { id: "op-ben", name: "Ben", status: "online" as const };
    const known = { operators: [{ ...anna, email: "a@b.c", role: "operator" as const }] };
    expect(bringsNewcomer({ type: "presence", operators: [anna] }, known)).toBe(false);
    expect(bringsNewcomer({ type: "presence", operators: [anna, ben] }, known)).toBe(true);
  });
});

describe("attributes", () => {
  const { id, head } = first.row;
  const event = (attributes: Partial<ConversationRow["attributes"]>, seq = head + 1) => ({
    type: "attributes" as const,
    conversationId: id,
    seq,
    attributes: { ...first.row.attributes, ...attributes },
  });

  it("change in the list and in the open conversation, in the order of the log", () => {
    const tagged = applyEvent(cacheOf(), event({ tags: ["vip"] }, head + 1), who);
    const late = applyEvent(tagged, event({ tags: [] }, head + 1), who);
    expect(rowsIn(late, "all").find((row) => row.id === id)?.attributes.tags).toEqual(["vip"]);
    expect(late.threads[id]?.row.attributes.tags).toEqual(["vip"]);
    expect(late.threads[id]?.stale).toBeFalsy();
  });

  it("ask for the whole conversation when an entry before them was missed", () => {
    const after = applyEvent(cacheOf(), event({ tags: ["vip"] }, head + 3), who);
    expect(after.threads[id]?.stale).toBe(true);
  });

  it("move a snoozed conversation out of what needs a response, and back when its customer writes", () => {
    const until = "2026-11-21T09:00:00.000Z";
    const snoozed = applyEvent(cacheOf(), event({ snoozedUntil: until }), who);
    expect(rowsIn(snoozed, "needs_response").map((row) => row.id)).not.toContain(id);
    expect(snoozed.counts).toMatchObject({ needs_response: 2, snoozed: 1 });

    const message = {
      id: idOf(802),
      conversationId: id,
      seq: head + 2,
      author: { kind: "customer" as const },
      text: "Hello?",
      audience: "all" as const,
      createdAt: "2026-11-20T12:00:01.000Z",
    };
    const woken = applyEvent(snoozed, { type: "message", conversationId: id, seq: head + 2, message }, who);
    expect(rowsIn(woken, "needs_response").map((row) => row.id)).toContain(id);
    expect(woken.counts).toMatchObject({ needs_response: 3, snoozed: 0 });
  });

  it("bring a conversation into a narrowed list, and out of it", () => {
    const page = { rows: [], counts, cursor: "o1" };
    const cache = {
      ...cacheOf(),
      lists: [...cacheOf().lists, listOf("resolved", page), listOf("all", page, { tag: "vip" })],
    };
    const vips = (given: InboxCache) =>
      rowsOf({ view: "all" }, given.lists.find(({ ref }) => ref.filters.tag === "vip")?.list);
    const tagged = applyEvent(cache, event({ tags: ["vip"] }), who);
    expect(vips(tagged).map((row) => row.id)).toEqual([id]);
    expect(vips(applyEvent(tagged, event({ tags: [] }, head + 2), who))).toEqual([]);
  });
});
