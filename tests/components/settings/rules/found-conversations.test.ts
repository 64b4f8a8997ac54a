import { describe, expect, it } from "vitest";
import { addressOf, conversationIn, rowsIn } from "#components/settings/rules/found-conversations.ts";
import { conversations, countsOf } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const now = Date.parse("2026-11-20T12:00:00Z");
const rows = conversations(6, now).map(({ row }) => row);

describe("the conversation to try rules on", () => {
  it("is the one whose address is pasted, with whatever stands around its id", () => {
    const id = idOf(7);
    for (const pasted of [id, ` ${id} `, `https://help.example/inbox/${id}?view=all`, id.toUpperCase()])
      expect(conversationIn(pasted)).toBe(id);
    expect(conversationIn("where is my order 1234-5678")).toBeUndefined();
  });

  it("is chosen among the newest, whoever waits", () => {
    const first = rows.map(({ lastMessageAt }) => lastMessageAt).toSorted();
    const page = { rows, counts: countsOf({}), cursor: "o1" };
    expect(rowsIn(page).map(({ lastMessageAt }) => lastMessageAt)).toEqual(first.toReversed());
    expect(addressOf("  ")).toContain("/api/agent/conversations?");
  });

  it("is found by words, in the order of the search", () => {
    const hits = rows.map((row) => ({ row, name: { text: row.customer.name, marks: [] } }));
    expect(rowsIn({ kind: "conversations", hits }).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(addressOf(" lost & found ")).toContain("q=lost+%26+found");
  });

  it("is nobody's where the answer is none of ours", () => {
    expect(rowsIn({ rows: [{ id: 1 }] })).toEqual([]);
  });
});
