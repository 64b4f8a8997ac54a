import { describe, expect, it } from "vitest";
import { afterFrame, type LeadState, unheard } from "#components/telephony/lead-state.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import { idOf } from "#support/inbox-ids";

const conversationId = idOf(1);
const of = { leadId: idOf(2), phoneNumber: "+12065550101", conversationId };
const at = "2026-11-26T10:00:00Z";
const state = { state: "ACTIVE", owner: "ai", epoch: 1, since: at, offered: false } as const;

const message = (seq: number, part: Partial<MessageView> = {}): MessageView => ({
  id: idOf(100 + seq),
  conversationId,
  seq,
  author: { kind: "customer" },
  text: "Where is my tent?",
  audience: "all",
  createdAt: at,
  ...part,
});
const call = (part: Partial<CallView> = {}): CallView => ({
  id: idOf(7),
  conversationId,
  leadId: of.leadId,
  seq: 4,
  direction: "inbound",
  status: "in_progress",
  startedAt: at,
  ...part,
});

type Said = [event: string, data: Record<string, unknown>];
const play = (...frames: Said[]) =>
  frames.reduce<LeadState>((before, [event, data]) => afterFrame(before, { event, data }, 0), unheard);

const history: Said = [
  "conversation_history",
  { ...of, head: 1, messages: [message(1)], more: false, calls: [], state, summary: "Asked for a tent." },
];

describe("what a lead's stream tells", () => {
  it("begins with the history, and goes on with what happens", () => {
    const told = play(history, ["sms_received", { ...of, seq: 2, message: message(2) }]);
    expect(told.messages.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(told).toMatchObject({ conversationId, summary: "Asked for a tent.", state });
    expect(told.heard.map(({ name, named }) => [name, named])).toEqual([
      ["conversation_history", true],
      ["sms_received", true],
    ]);
  });

  it("follows a call to its end", () => {
    const told = play(
      history,
      ["call_initiated", { ...of, seq: 4, call: call() }],
      ["call_ended", { ...of, seq: 5, call: call({ status: "completed", summary: "It is repaired." }) }],
    );
    expect(told.calls).toMatchObject([{ status: "completed" }]);
    expect(told.summary).toBe("It is repaired.");
  });

  it("knows who has the conversation", () => {
    const operator = { id: "op-1", name: "Freja" };
    const held = { ...state, state: "WITH_HUMAN", owner: "operator", operator };
    const told = play(history, ["human_control_started", { ...of, seq: 2, state: held }]);
    expect(told.state?.operator).toEqual(operator);
    expect(told.heard.at(-1)?.words).toMatch(/^Freja has the conversation/);
  });

  it("keeps the log's own entries, apart from the seven names", () => {
    const delivery = { state: "delivered", at };
    const told = play(
      history,
      ["message", { conversationId, seq: 2, message: message(2, { author: { kind: "agent" } }) }],
      ["delivery", { conversationId, seq: 3, messageId: idOf(102), delivery }],
    );
    expect(told.messages.at(-1)?.delivery).toEqual(delivery);
    expect(told.heard.slice(1).every(({ named }) => !named)).toBe(true);
  });

  it("lets pass what it does not know, and what it is told twice", () => {
    const twice: Said = ["sms_received", { ...of, seq: 2, message: message(2) }];
    const told = play(history, ["heartbeat", { head: "1" }], ["nonsense", {}], twice, twice);
    expect(told.heard).toHaveLength(2);
    expect(told.messages).toHaveLength(2);
  });
});
