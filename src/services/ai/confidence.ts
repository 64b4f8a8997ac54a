/** What a confidence was made of; see docs/decisions/0003-confidence.md. */
export type ConfidenceParts = {
  by: "keyless" | "model";
  kind: "answer" | "asking" | "unknown" | "small_talk";
  /** How well the best passages speak to the question, 0…1. */
  retrieval: number;
  /** How many sources the answer names. */
  cited: number;
  /** The model's own word, 0…1; absent where it said none. */
  stated?: number;
};

/** The confidence of an answer, 0…1, from its parts. */
export function confidenceOf(parts: ConfidenceParts): number {
  return Math.round(Math.min(1, Math.max(0, raw(parts))) * 1_000) / 1_000;
}

// What a silent model is taken to have said: somewhat sure, never more than its sources carry.
const unstated = 0.7;

function raw(parts: ConfidenceParts): number {
  if (parts.kind === "small_talk") return 1;
  if (parts.by === "keyless") return parts.retrieval;
  const stated = parts.stated ?? unstated;
  // Words without a source rest on retrieval alone, and count half: what was found may not be what was said.
  const evidence = parts.cited > 0 ? 0.5 + 0.5 * parts.retrieval : 0.5 * parts.retrieval;
  return stated * evidence;
}
