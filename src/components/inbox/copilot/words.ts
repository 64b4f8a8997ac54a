import type { Suggestion } from "#contracts/copilot";
import type { Card } from "./cards.ts";

/** How sure a suggestion is, as a word. */
export function certainty(confidence: number): string {
  if (confidence >= 0.75) return "Sure";
  return confidence >= 0.5 ? "Likely" : "Unsure";
}

/** What kind of suggestion a card holds. */
export function cardName({ emphasis, suggestion }: Pick<Card, "emphasis" | "suggestion">): string {
  if (emphasis !== undefined) return emphases[emphasis];
  if (suggestion?.kind === "canned") return suggestion.title ?? "Canned response";
  return "From your articles";
}

const emphases: Record<NonNullable<Suggestion["emphasis"]>, string> = {
  direct: "Short answer",
  thorough: "Full answer",
  ask_back: "Ask first",
};
