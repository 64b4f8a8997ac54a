import type { Outcome } from "#contracts/copilot";
import { wordsToSend } from "#contracts/copilot";

/** What became of a suggestion, and how alike it and the reply are, 0…1. */
export type Settled = { outcome: Outcome; similarity: number };

/** From this share of its words on, a suggestion lives on in the reply; below it, it was replaced. */
const livesOn = 0.35;

/**
 * Compares a suggestion with the reply that began as it. `similarity` is the edit distance ratio over words: 1 less the
 * insertions and deletions that lead from one to the other, as a share of the words of both.
 */
export function settle(suggestion: string, reply: string): Settled {
  const suggested = wordsIn(wordsToSend(suggestion));
  const sent = wordsIn(reply);
  const kept = commonLength(suggested, sent);
  const all = suggested.length + sent.length;
  const similarity = all === 0 ? 1 : (2 * kept) / all;
  if (similarity === 1) return { outcome: "used", similarity };
  const outcome = suggested.length > 0 && kept / suggested.length >= livesOn ? "edited" : "ignored";
  return { outcome, similarity };
}

// Writing without spaces is compared letter by letter; marks and upper case make no other reply.
const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’]*)/gu;

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

/** The length of the longest common subsequence. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let above = new Uint16Array(b.length + 1);
  for (const one of a) {
    const row = new Uint16Array(b.length + 1);
    for (const [at, other] of b.entries()) {
      const longest = one === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0);
      row[at + 1] = longest;
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
