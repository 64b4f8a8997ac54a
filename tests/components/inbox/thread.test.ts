import { describe, expect, it } from "vitest";
import type { InboxEvent } from "#components/inbox/data/events.ts";
import { applyToThread, type Thread, threadOf, withOlder } from "#components/inbox/data/thread.ts";
import type { Delivery } from "#contracts/conversation";
import { conversations } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const now = Date.parse("2026-11-20T12:00:00Z");
const [detail] = conversations(1, now);
if (!detail) throw new Error("There is no conversation to try.");
const thread = threadOf(detail, undefined);
const conversationId = thread.row.id;
const run = { conversationId, runId: idOf(70), messageId: idOf(71) };

function play(events: InboxEvent[], from: Thread = thread): Thread {
  return events.reduce((known, event) => applyToThread(known, event, now), from);
}
const delta = (offset: number, text: string): InboxEvent => ({ type: "delta", ...run, offset, text });
const finished: InboxEvent = {
  type: "message",
  conversationId,
  seq: thread.row.head + 1,
  message: {
    id: run.messageId,
    conversationId,
    seq: thread.row.head + 1,
    author: { kind: "agent", name: "Nori" },
    text: "Hello there",
    audience: "all",
    createdAt: "2026-11-20T12:00:01.000Z",
  },
};

describe("an answer that is being written", () => {
  it("grows piece by piece", () => {
    expect(play([{ type: "thinking", ...run }, delta(0, "Hello"), delta(5, " there")]).run).toMatchObject({
      text: "Hello there",
      thinking: false,
    });
  });

  it("is not doubled by a piece that comes again", () => {
    expect(play([delta(0, "Hello"), delta(5, " there"), delta(0, "Hello there, you")]).run?.text).toBe(
      "Hello there, you",
    );
  });

  it("waits for the whole when a piece was lost", () => {
    expect(play([delta(0, "Hel"), delta(9, "re")]).run?.text).toBe("Hel");
  });

  it("gives its place to the stored message, and late pieces do not bring it back", () => {
    const after = play([
      delta(0, "Hello"),
      finished,
      delta(5, " there"),
      { type: "complete", ...run, seq: 8 },
    ]);
    expect(after.run).toBeUndefined();
    expect(after.messages.at(-1)?.text).toBe("Hello there");
  });

  it("disappears when it was superseded", () => {
    expect(play([delta(0, "Hello"), { type: "superseded", ...run }]).run).toBeUndefined();
  });

  it("keeps what was written when it is interrupted, until the stored message comes", () => {
    const interrupted: InboxEvent = { type: "interrupted", ...run, reason: "stopped" };
    expect(play([delta(0, "Hello"), interrupted]).run?.text).toBe("Hello");
    expect(play([{ type: "thinking", ...run }, interrupted]).run).toBeUndefined();
  });
});

describe("how far a message came", () => {
  const [first] = thread.messages;
  if (!first) throw new Error("Too few messages to try.");
  const delivered = (state: Delivery["state"], second: number, seq = thread.row.head + 1): InboxEvent => ({
    type: "delivery",
    conversationId,
    seq,
    messageId: first.id,
    delivery: { state, at: `2026-11-20T12:00:0${second}.000Z` },
  });
  const stateOf = (known: Thread) => known.messages.find(({ id }) => id === first.id)?.delivery?.state;

  it("is what was told last", () => {
    const after = play([delivered("sending", 1), delivered("sent", 2, thread.row.head + 2)]);
    expect(stateOf(after)).toBe("sent");
    expect(after.row.head).toBe(thread.row.head + 2);
    expect(after.stale).toBeUndefined();
  });

  it("can go back from failed to sending when it is tried again", () => {
    expect(stateOf(play([delivered("failed", 1), delivered("sending", 2, thread.row.head + 2)]))).toBe(
      "sending",
    );
  });

  it("is not set back by an older word that comes late", () => {
    expect(stateOf(play([delivered("delivered", 2), delivered("sent", 1)]))).toBe("delivered");
  });

  it("follows the log where the clocks of two writers disagree", () => {
    expect(stateOf(play([delivered("waiting", 5), delivered("sent", 1, thread.row.head + 2)]))).toBe("sent");
  });

  it("asks for the conversation again when something before it was missed", () => {
    expect(play([delivered("sent", 1, thread.row.head + 3)]).stale).toBe(true);
  });

  it("is taken from the stored message where this window had only sent it", () => {
    const stored: InboxEvent = {
      ...finished,
      message: { ...finished.message, delivery: { state: "sending", at: "2026-11-20T12:00:01.000Z" } },
    };
    const after = play([finished, stored]);
    expect(after.messages.at(-1)?.delivery?.state).toBe("sending");
    expect(after.messages).toHaveLength(thread.messages.length + 1);
  });
});

describe("the rest of a conversation", () => {
  it("lets read marks only move forward", () => {
    const read = (customerRead: number): InboxEvent => ({
      type: "read",
      conversationId,
      receipts: { customerRead, operatorRead: 0 },
    });
    expect(play([read(9), read(4)]).receipts.customerRead).toBe(9);
  });

  it("shows the customer's typing until their message comes", () => {
    const typing: InboxEvent = { type: "typing", conversationId, author: "customer", typing: true };
    const said: InboxEvent = { ...finished, message: { ...finished.message, author: { kind: "customer" } } };
    expect(play([typing, typing]).typists).toHaveLength(1);
    expect(play([typing, said]).typists).toHaveLength(0);
  });

  it("keeps the older messages that were loaded when it is fetched again", () => {
    const [, second, ...rest] = thread.messages;
    if (!second) throw new Error("Too few messages to try.");
    const newest = { ...detail, messages: [second, ...rest], more: true };
    const older = withOlder(threadOf(newest, undefined), {
      messages: thread.messages.slice(0, 1),
      more: false,
      calls: [],
      moreCalls: false,
    });
    const again = threadOf(newest, older);
    expect(again.messages).toHaveLength(thread.messages.length);
    expect(again.more).toBe(false);
  });
});

describe("a customer who was merged with another contact", () => {
  const { row } = thread;
  const merged = (customer: typeof row.customer): InboxEvent => ({
    type: "row",
    conversationId,
    row: { ...row, customer },
  });

  it("is fetched anew, as a row tells the name alone", () => {
    const after = play([merged({ id: idOf(80), name: "Maria Santos" })]);
    expect(after.row.customer.name).toBe("Maria Santos");
    expect(after.stale).toBe(true);
  });

  it("is not where the row is about the same one", () => {
    expect(play([merged(row.customer)]).stale).toBeUndefined();
  });
});
