import { describe, expect, it } from "vitest";
import { cardsOf, failedWith, hear, nothingYet, type Suggesting } from "#components/inbox/copilot/cards.ts";
import type { Suggestion, SuggestionEvent } from "#contracts/copilot";
import { idOf } from "#support/inbox-ids";

describe("suggestions while they are written", () => {
  it("grow piece by piece, and then stand whole", () => {
    const half = heardAll([delta(1, "direct", 0, "You have "), delta(1, "direct", 9, "60 days.")]);
    expect(half).toMatchObject({
      status: "writing",
      cards: [{ text: "You have 60 days.", emphasis: "direct" }],
    });
    expect(half.cards[0]?.suggestion).toBeUndefined();
    const whole = hear(half, { type: "suggestion", suggestion: suggestion(1, { emphasis: "direct" }) });
    expect(whole.cards).toMatchObject([{ id: idOf(1), suggestion: { id: idOf(1) } }]);
  });

  it("keep their places whichever is written first", () => {
    const shown = heardAll([
      delta(3, "ask_back", 0, "Which"),
      { type: "suggestion", suggestion: suggestion(4, { kind: "canned", confidence: 0.9 }) },
      delta(1, "direct", 0, "Yes"),
      delta(2, "thorough", 0, "Of course"),
    ]);
    expect(shown.cards.map(({ id }) => id)).toEqual([1, 2, 3, 4].map(idOf));
  });

  it("end with those that stand whole", () => {
    const shown = heardAll([
      delta(1, "direct", 0, "Yes"),
      { type: "suggestion", suggestion: suggestion(2, { emphasis: "thorough" }) },
      { type: "done", model: "ready" },
    ]);
    expect([shown.status, shown.cards.map(({ id }) => id)]).toEqual(["done", [idOf(2)]]);
  });

  it("keep what stands whole when they fail, and say why", () => {
    const begun = heardAll([
      { type: "suggestion", suggestion: suggestion(2, {}) },
      delta(1, "direct", 0, "Yes"),
    ]);
    expect(failedWith(begun, "Cut off.")).toMatchObject({
      status: "failed",
      problem: "Cut off.",
      cards: [{ id: idOf(2) }],
    });
    expect(hear(begun, { type: "error", code: "internal", message: "Broken." })).toMatchObject({
      problem: "Broken.",
    });
  });

  it("stand the surest first where no model wrote them", () => {
    const known = [suggestion(1, { confidence: 0.4 }), suggestion(2, { confidence: 0.8 })];
    expect(cardsOf(known).map(({ id }) => id)).toEqual([idOf(2), idOf(1)]);
  });
});

function heardAll(events: SuggestionEvent[]): Suggesting {
  return events.reduce(hear, nothingYet);
}

function delta(
  number: number,
  emphasis: NonNullable<Suggestion["emphasis"]>,
  offset: number,
  text: string,
): SuggestionEvent {
  return { type: "delta", id: idOf(number), emphasis, offset, text };
}

function suggestion(number: number, change: Partial<Suggestion>): Suggestion {
  return { id: idOf(number), kind: "passages", text: "Words", confidence: 0.5, sources: [], ...change };
}
