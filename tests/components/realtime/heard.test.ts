import { describe, expect, it } from "vitest";
import type { Conversation } from "#client/conversation";
import type { ConversationEvent } from "#client/conversation-events";
import { hear, news } from "#components/realtime/heard.ts";
import type { MessageView } from "#contracts/conversation";

const conversationId = "c1";

function message(seq: number): Extract<ConversationEvent, { type: "message" }> {
  const said: MessageView = {
    id: `m${seq}`,
    conversationId,
    seq,
    author: { kind: "customer" },
    text: `words ${seq}`,
    audience: "all",
    createdAt: "2026-01-01T00:00:00.000Z",
  };
  return { type: "message", conversationId, seq, message: said };
}

function joins(seq: number, id: string): ConversationEvent {
  const operator = { id, name: "Anna" };
  const state = { state: "WITH_HUMAN", owner: "operator", epoch: 1, since: "", offered: false } as const;
  return { type: "state", conversationId, seq, state: { ...state, operator } };
}

/** All that the events brought as news, in the order in which it came. */
function told(events: ConversationEvent[]): (string | undefined)[] {
  let before: Conversation | undefined;
  return events.flatMap((event) => {
    const after = hear(before, event, 0);
    const { messages, joined } = news(before, after);
    before = after;
    return [...messages.map(({ id }) => id), ...(joined ? [joined.id] : [])];
  });
}

describe("what a chat hears", () => {
  it("begins with the first message where no snapshot comes, as when it polls", () => {
    expect(told([message(1), message(2)])).toEqual(["m1", "m2"]);
  });

  it("tells each message once, though a replay or another transport brings it again", () => {
    expect(told([message(1), message(2), message(1), message(2), message(3)])).toEqual(["m1", "m2", "m3"]);
  });

  it("tells what a snapshot holds beyond what was known", () => {
    const { conversationId: id, messages, state, receipts } = hear(undefined, message(1), 0) as Conversation;
    const snapshot = { conversationId: id, head: 2, more: false, state, receipts };
    const whole = [...messages, message(2).message];
    expect(told([message(1), { type: "snapshot", snapshot: { ...snapshot, messages: whole } }])).toEqual([
      "m1",
      "m2",
    ]);
  });

  it("tells of a person once, and of the next one who takes over", () => {
    expect(told([joins(1, "anna"), joins(1, "anna"), joins(2, "mikkel")])).toEqual(["anna", "mikkel"]);
  });

  it("lets pass what is fleeting before it knows a conversation", () => {
    expect(hear(undefined, { type: "typing", author: "agent", typing: true }, 0)).toBeUndefined();
  });
});
