import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Conversation,
  conversationFrom,
  follow,
  withoutSilentRun,
  withoutStale,
} from "#client/conversation";
import { type ConversationEvent, parseConversationEvent } from "#client/conversation-events";
import type { MessageView } from "#contracts/conversation";
import type { ConversationSnapshot } from "#contracts/events";

const conversationId = "c";

function message(seq: number, more: Partial<MessageView> = {}): MessageView {
  const createdAt = "2026-01-01T00:00:00.000Z";
  return {
    id: `m${seq}`,
    conversationId,
    seq,
    author: { kind: "agent" },
    text: `text ${seq}`,
    audience: "all",
    createdAt,
    ...more,
  };
}

const snapshot: ConversationSnapshot = {
  conversationId,
  head: 2,
  messages: [message(1), message(2)],
  more: false,
  state: { state: "ACTIVE", owner: "ai", epoch: 0, since: "2026-01-01T00:00:00.000Z", offered: false },
  receipts: { customerRead: 0, operatorRead: 0 },
};

const start = () => conversationFrom(snapshot, 0);
const all = (events: ConversationEvent[], from: Conversation = start()) =>
  events.reduce((conversation, event) => follow(conversation, event, 1_000), from);
const stored = (seq: number, more: Partial<MessageView> = {}): ConversationEvent => {
  return { type: "message", conversationId, seq, message: message(seq, more) };
};
const run = { runId: "r", messageId: "m3" };
const delta = (offset: number, text: string): ConversationEvent => ({ type: "delta", ...run, offset, text });
const seqs = ({ messages }: Conversation) => messages.map(({ seq }) => seq);

describe("a conversation that follows its events", () => {
  it("shows each message once and in order, whatever comes doubled or late", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }), (order) => {
        const conversation = all(order.map((seq) => stored(seq)));
        const expected = [...new Set([1, 2, ...order])].sort((a, b) => a - b);
        expect(seqs(conversation)).toEqual(expected);
      }),
    );
  });

  it("puts a streamed text together by offset, from any overlap", () => {
    const { run: live } = all([
      delta(0, "Hello"),
      delta(5, " world"),
      delta(0, "Hello wor"),
      delta(9, "ld!"),
    ]);
    expect(live?.text).toBe("Hello world!");
  });

  it("does not paper over a hole in what was streamed", () => {
    expect(all([delta(0, "Hello"), delta(9, "lost")]).run?.text).toBe("Hello");
  });

  it("puts the stored message in the place of what was streamed and drops late pieces", () => {
    const after = all([
      delta(0, "Hel"),
      stored(3, { answer: { runId: "r", outcome: "complete" }, text: "Hello" }),
      delta(3, "lo"),
      { type: "complete", ...run },
    ]);
    expect(after.run).toBeUndefined();
    expect(after.messages.at(-1)?.text).toBe("Hello");
  });

  it("drops a superseded bubble for good", () => {
    const after = all([delta(0, "Hel"), { type: "superseded", ...run }, delta(3, "lo")]);
    expect(after.run).toBeUndefined();
  });

  it("keeps a message of its own that a snapshot is too old to know", () => {
    const after = all([stored(3), { type: "snapshot", snapshot }]);
    expect(seqs(after)).toEqual([1, 2, 3]);
  });

  it("keeps what stands before a snapshot that joins it", () => {
    const joining = { ...snapshot, head: 6, more: true, messages: [message(2), message(5), message(6)] };
    expect(seqs(all([{ type: "snapshot", snapshot: joining }]))).toEqual([1, 2, 5, 6]);
  });

  it("leaves no hole before a snapshot that does not join: what stood there is to be read again", () => {
    const later = { ...snapshot, head: 6, more: true, messages: [message(5), message(6)] };
    const after = all([{ type: "snapshot", snapshot: later }]);
    expect(seqs(after)).toEqual([5, 6]);
    expect(after.more).toBe(true);
  });

  it("never goes back to an older state or receipt", () => {
    const waiting = { ...snapshot.state, state: "WAITING_HUMAN" as const };
    const after = all([
      { type: "state", conversationId, seq: 5, state: waiting },
      { type: "state", conversationId, seq: 4, state: snapshot.state },
      { type: "read", receipts: { customerRead: 0, operatorRead: 4 } },
      { type: "read", receipts: { customerRead: 0, operatorRead: 2 } },
    ]);
    expect(after.state.state).toBe("WAITING_HUMAN");
    expect(after.receipts.operatorRead).toBe(4);
  });

  it("takes the line of an offer for an offered person, until the state says otherwise", () => {
    const offer = stored(3, { author: { kind: "system" }, notice: { kind: "offer" } });
    expect(all([offer]).state.offered).toBe(true);
    const waiting = { ...snapshot.state, state: "WAITING_HUMAN" as const };
    expect(all([offer, { type: "state", conversationId, seq: 4, state: waiting }]).state.offered).toBe(false);
    expect(all([{ type: "state", conversationId, seq: 4, state: waiting }, offer]).state.offered).toBe(false);
  });

  it("forgets a typist after five seconds, or when the message comes", () => {
    const typing: ConversationEvent = { type: "typing", author: "operator", authorId: "o", typing: true };
    const after = all([typing]);
    expect(Object.keys(withoutStale(after, 5_900).typists)).toHaveLength(1);
    expect(Object.keys(withoutStale(after, 6_000).typists)).toHaveLength(0);
    const answered = all([stored(3, { author: { kind: "operator", id: "o" } })], after);
    expect(Object.keys(answered.typists)).toHaveLength(0);
  });

  it("drops a run that nothing was heard of since the stream came back", () => {
    const after = all([delta(0, "Hel")]);
    expect(withoutSilentRun(after, 999).run).toBeDefined();
    expect(withoutSilentRun(after, 1_001).run).toBeUndefined();
  });
});

describe("a frame", () => {
  it("is parsed only when it has the shape of its name", () => {
    const good = { type: "message", conversationId, seq: 3, message: message(3) };
    expect(parseConversationEvent({ event: "message", data: good })?.type).toBe("message");
    const bad = { ...good, message: { ...message(3), text: 7 } };
    expect(parseConversationEvent({ event: "message", data: bad })).toBeUndefined();
    expect(parseConversationEvent({ event: "constructor", data: good })).toBeUndefined();
    expect(parseConversationEvent({ event: "delta", data: null })).toBeUndefined();
  });

  it("knows nothing of what only operators are told", () => {
    const delivery = { state: "sent", at: "2026-01-01T00:00:00.000Z" };
    const data = { conversationId, seq: 3, messageId: "m1", delivery };
    expect(parseConversationEvent({ event: "delivery", data })).toBeUndefined();
  });

  it("is kept when it says something that this client does not know yet", () => {
    const notice = { kind: "rated" as never };
    const data = { conversationId, seq: 3, message: { ...message(3), notice, mood: "good" } };
    expect(parseConversationEvent({ event: "message", data })).toBeDefined();
  });
});
