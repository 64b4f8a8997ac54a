import { describe, expect, it } from "vitest";
import { newerReply, newestAt } from "#components/inbox/composer/newer-reply.ts";
import type { Author, MessageView } from "#contracts/conversation";
import { idOf } from "#support/inbox-ids";

const message = (seq: number, author: Author, audience: MessageView["audience"] = "all"): MessageView => ({
  id: idOf(seq),
  conversationId: idOf(900),
  seq,
  author,
  text: `Message ${seq}`,
  audience,
  createdAt: new Date(Date.UTC(2026, 10, 20, 12, seq)).toISOString(),
});
const customer: Author = { kind: "customer" };
const anna: Author = { kind: "operator", id: "op-anna", name: "Anna" };
const maya: Author = { kind: "operator", id: "op-maya", name: "Maya" };

describe("a newer reply", () => {
  it("is one that a colleague or the assistant gave since the writer last looked", () => {
    const messages = [message(1, customer), message(2, anna), message(3, customer)];
    expect(newerReply(messages, 1, "op-maya")?.seq).toBe(2);
    expect(newerReply([...messages, message(4, { kind: "agent" })], 1, "op-maya")?.seq).toBe(4);
  });

  it("is none of the writer's own, of the customer, or of what only colleagues see", () => {
    const messages = [
      message(1, customer),
      message(2, maya),
      message(3, anna, "operators"),
      message(4, customer),
    ];
    expect(newerReply(messages, 1, "op-maya")).toBeUndefined();
    expect(newerReply([message(1, anna)], 1, "op-maya")).toBeUndefined();
  });

  it("is counted from what there was when a draft was begun", () => {
    const messages = [message(1, customer), message(2, anna)];
    expect(newestAt(messages, messages[0]?.createdAt ?? "")).toBe(1);
    expect(newestAt(messages, "2020-01-01T00:00:00.000Z")).toBe(0);
  });
});
