import { describe, expect, it } from "vitest";
import type { EarlierMessages } from "#client/chat-api";
import { conversationFrom } from "#client/conversation";
import type { MessageView } from "#contracts/conversation";
import { withEarlier } from "#widget/chat/earlier.ts";

const message = (seq: number, conversationId = "c1"): MessageView => ({
  id: `m${seq}`,
  conversationId,
  seq,
  author: { kind: "customer" },
  text: `number ${seq}`,
  audience: "all",
  createdAt: "2026-11-20T09:00:00.000Z",
});

const shown = conversationFrom(
  {
    conversationId: "c1",
    head: 8,
    messages: [message(7), message(8)],
    more: true,
    state: { state: "ACTIVE", owner: "ai", epoch: 0, since: "2026-11-20T09:00:00.000Z", offered: false },
    receipts: { customerRead: 0, operatorRead: 0 },
  },
  0,
);
const page: EarlierMessages = { messages: [message(4), message(6)], more: false };

describe("what was said earlier", () => {
  it("stands above what is shown, and says whether there is more", () => {
    const after = withEarlier(shown, 7, page);

    expect(after.messages.map(({ seq }) => seq)).toEqual([4, 6, 7, 8]);
    expect(after.more).toBe(false);
  });

  it("comes once, also when it arrives twice", () => {
    const after = withEarlier(shown, 7, page);

    expect(withEarlier(after, 7, page)).toBe(after);
  });

  it("does not mix with another conversation, which has begun meanwhile", () => {
    expect(withEarlier(shown, 7, { messages: [message(6, "c2")], more: false })).toBe(shown);
  });
});
