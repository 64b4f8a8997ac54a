import { describe, expect, it } from "vitest";
import { answersIn } from "#components/inbox/thread/structured/answers.ts";
import type { MessageView } from "#contracts/conversation";
import { choicesOf } from "#contracts/structured-answers";

let seq = 0;
function message(kind: MessageView["author"]["kind"], text: string, data?: MessageView["data"]): MessageView {
  seq += 1;
  return {
    id: `m${seq}`,
    conversationId: "c",
    seq,
    author: { kind },
    text,
    audience: "all",
    createdAt: new Date(seq).toISOString(),
    ...(data && { data }),
  };
}

describe("what the customer answered", () => {
  it("is found by its question", () => {
    const asked = message("agent", "Which?", choicesOf(["Small", "Large"]));
    const answer = message("customer", "Large", { kind: "answer", to: asked.id, values: { choice: "a2" } });
    expect(answersIn([asked, answer]).get(asked.id)).toEqual({ choice: "a2" });
  });

  it("is on a platform the words of a button, right after it was shown", () => {
    const asked = message("operator", "Which?", choicesOf(["Small", "Large"]));
    const pressed = message("customer", "Small");
    expect(answersIn([asked, pressed]).get(asked.id)).toEqual({ choice: "a1" });
    const other = message("customer", "Medium, please");
    const late = message("customer", "Small");
    expect(answersIn([asked, other, late]).get(asked.id)).toBeUndefined();
  });
});
