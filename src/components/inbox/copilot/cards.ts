import type { Emphasis, ModelState, Suggestion, SuggestionEvent } from "#contracts/copilot";

/** One option on screen; whole as soon as it has its suggestion. */
export type Card = { id: string; text: string; emphasis?: Emphasis | undefined; suggestion?: Suggestion };

/** What the panel shows of suggestions. */
export type Suggesting = {
  status: "idle" | "writing" | "done" | "failed";
  cards: Card[];
  model: ModelState;
  /** Why it failed, in words. */
  problem?: string;
};

/** Before anything was asked for. */
export const nothingYet: Suggesting = { status: "idle", cards: [], model: "ready" };

/** What the panel shows after one more event of the stream. */
export function hear(before: Suggesting, event: SuggestionEvent): Suggesting {
  switch (event.type) {
    case "delta": {
      const { id, emphasis, offset, text } = event;
      const known = before.cards.find((card) => card.id === id);
      const card = { id, emphasis, text: (known?.text ?? "").slice(0, offset) + text };
      return { ...before, status: "writing", cards: withCard(before.cards, card) };
    }
    case "suggestion":
      return { ...before, status: "writing", cards: withCard(before.cards, asCard(event.suggestion)) };
    case "done":
      // What was begun and never came to its end is none.
      return { status: "done", cards: before.cards.filter(isWhole), model: event.model };
    case "error":
      return failedWith(before, event.message);
  }
}

/** What is shown where the stream could not go on: all that stands whole stays. */
export function failedWith(before: Suggesting, problem: string): Suggesting {
  return { ...before, status: "failed", cards: before.cards.filter(isWhole), problem };
}

/** Suggestions that were made before, as cards in their order. */
export function cardsOf(suggestions: readonly Suggestion[]): Card[] {
  return suggestions.map(asCard).sort(inOrder);
}

function asCard(suggestion: Suggestion): Card {
  const { id, text, emphasis } = suggestion;
  return { id, text, emphasis, suggestion };
}

function withCard(cards: Card[], card: Card): Card[] {
  return [...cards.filter(({ id }) => id !== card.id), card].sort(inOrder);
}

const emphases: (Emphasis | undefined)[] = ["direct", "thorough", "ask_back", undefined];

/** The model's options by their emphasis, so that none moves while they are written; then the surest first. */
function inOrder(a: Card, b: Card): number {
  const byEmphasis = emphases.indexOf(a.emphasis) - emphases.indexOf(b.emphasis);
  return byEmphasis || (b.suggestion?.confidence ?? 0) - (a.suggestion?.confidence ?? 0);
}

function isWhole({ suggestion }: Card): boolean {
  return suggestion !== undefined;
}
