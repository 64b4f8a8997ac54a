import { describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import { turnOf } from "#services/copilot";

describe("the question that a person answers", () => {
  it("is the customer's newest burst, with what was said before it", () => {
    const turn = turnOf(
      said(
        "customer: Where is my parcel?",
        "agent: On its way.",
        "customer: It says lost!",
        "customer: Order 5512",
      ),
      "WITH_HUMAN",
    );
    expect(turn).toMatchObject({ question: "It says lost!\n\nOrder 5512", seq: 4, waiting: true });
    expect(turn?.history).toEqual([
      { author: "customer", text: "Where is my parcel?" },
      { author: "agent", text: "On its way." },
    ]);
  });

  it("is none that only asks for a person, or says yes to one", () => {
    const lines = said(
      "customer: Can I return a worn tent?",
      "agent: I am not sure.",
      "customer: I want to talk to a human",
      "system: Connecting you",
      "customer: yes please",
    );
    expect(turnOf(lines, "WAITING_HUMAN")).toMatchObject({
      question: "Can I return a worn tent?",
      waiting: true,
    });
  });

  it("is what was written, where nothing but a greeting was", () => {
    expect(turnOf(said("customer: hello?"), "WAITING_HUMAN")?.question).toBe("hello?");
    expect(turnOf(said("system: Welcome"), "ACTIVE")).toBeUndefined();
  });

  it("waits for a person only where a person has it and has not answered", () => {
    const asked = said("customer: Where is my parcel?");
    const replied = said("customer: Where is my parcel?", "operator: I am looking.");
    expect(turnOf(asked, "WITH_HUMAN")?.waiting).toBe(true);
    expect(turnOf(replied, "WITH_HUMAN")?.waiting).toBe(false);
    expect(turnOf(asked, "ACTIVE")?.waiting).toBe(false);
    expect(turnOf(asked, "RESOLVED")?.waiting).toBe(false);
  });

  it("knows no internal note", () => {
    const note = said("customer: Where is my parcel?", "operator: A difficult one");
    const hidden = note.map((message) =>
      message.author.kind === "operator" ? { ...message, audience: "operators" as const } : message,
    );
    expect(turnOf(hidden, "WITH_HUMAN")).toMatchObject({ seq: 1, waiting: true });
  });
});

function said(...lines: string[]): MessageView[] {
  return lines.map((line, index) => {
    const [kind = "", text = ""] = line.split(/: (.*)/s);
    return {
      id: crypto.randomUUID(),
      conversationId: crypto.randomUUID(),
      seq: index + 1,
      author: { kind: kind as MessageView["author"]["kind"] },
      text,
      audience: "all",
      createdAt: "2026-11-20T10:00:00.000Z",
    };
  });
}
