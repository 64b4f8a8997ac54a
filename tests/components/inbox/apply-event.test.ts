import { describe, expect, it } from "vitest";
import { applyEvent, type InboxCache } from "#components/inbox/data/apply-event.ts";
import { rowsOf } from "#components/inbox/data/rows.ts";
import { threadOf } from "#components/inbox/data/thread.ts";
import type { ConversationRow } from "#contracts/operator";
import { conversations } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const now = Date.parse("2026-11-20T12:00:00Z");
const who = { me: "op-maya", now };
const all = conversations(9, now);
const [first] = all;
if (!first) throw new Error("There are no conversations to try.");
const counts = { needs_response: 3, mine: 0, all: 9, ai: 4, resolved: 1 };

function cacheOf(rows: ConversationRow[] = all.map(({ row }) => row)): InboxCache {
  const page = { rows, counts, cursor: "o1" };
  return {
    lists: {
      all: { pages: [page], pageParams: [undefined] },
      needs_response: { pages: [{ ...page, rows: rows.slice(0, 3) }], pageParams: [undefined] },
      mine: { pages: [{ ...page, rows: [] }], pageParams: [undefined] },
    },
    threads: first ? { [first.row.id]: threadOf(first, undefined) } : {},
    counts,
  };
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
    expect(rowsOf("needs_response", after.lists.needs_response).map(({ id }) => id)).not.toContain(
      first.row.id,
    );
    expect(rowsOf("mine", after.lists.mine).map(({ id }) => id)).toEqual([first.row.id]);
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
    expect(rowsOf("all", after.lists.all).find((row) => row.id === id)).toEqual({
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
    expect(rowsOf("all", after.lists.all).map(({ id }) => id)).toContain(row.id);
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
    expect(rowsOf("all", twice.lists.all)[0]).toMatchObject({
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
    expect(rowsOf("all", after.lists.all)[0]?.snippet).toBe(first.row.snippet);
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
});
