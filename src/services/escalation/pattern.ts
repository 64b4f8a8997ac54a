import type { Token } from "./tokens.ts";

type Step = { any: string[]; min: number; max: number; gap: boolean; end: boolean };

/** A compiled sequence of word classes. */
export type Pattern = Step[];

/**
 * Compiles a pattern: CLASS or word, alternatives with |, optional with ?, any number with *, up to n words
 * that are no break with ..n, and $ for the end of the sentence or a break.
 */
export function pattern(source: string): Pattern {
  return source
    .trim()
    .split(/\s+/)
    .map((part) => {
      if (part === "$") return { any: [], min: 1, max: 1, gap: false, end: true };
      if (part.startsWith(".."))
        return { any: [], min: 0, max: Number(part.slice(2)), gap: true, end: false };
      const suffix = part.at(-1);
      const any = part.replace(/[?*]$/, "").split("|");
      const max = suffix === "*" ? 4 : 1;
      return { any, min: suffix === "?" || suffix === "*" ? 0 : 1, max, gap: false, end: false };
    });
}

/** Where the pattern, begun at `from`, ends (exclusive), or -1. */
export function matchAt(tokens: readonly Token[], steps: Pattern, from: number, step = 0): number {
  const now = steps[step];
  if (!now) return from;
  if (now.end) {
    const token = tokens[from];
    return !token || token.classes.has("BREAK") ? matchAt(tokens, steps, from, step + 1) : -1;
  }
  if (now.any.includes("$") && (!tokens[from] || tokens[from]?.classes.has("BREAK"))) {
    return matchAt(tokens, steps, from, step + 1);
  }
  let reach = 0;
  while (reach < now.max && fits(tokens[from + reach], now)) reach += 1;
  if (now.gap) return shortest(tokens, steps, from, step, reach);
  for (let taken = reach; taken >= now.min; taken--) {
    const end = matchAt(tokens, steps, from + taken, step + 1);
    if (end >= 0) return end;
  }
  return -1;
}

function shortest(
  tokens: readonly Token[],
  steps: Pattern,
  from: number,
  step: number,
  reach: number,
): number {
  for (let taken = 0; taken <= reach; taken++) {
    const end = matchAt(tokens, steps, from + taken, step + 1);
    if (end >= 0) return end;
  }
  return -1;
}

function fits(token: Token | undefined, step: Step): boolean {
  if (!token) return false;
  if (step.gap) return !token.classes.has("BREAK");
  return step.any.some((name) => token.word === name || token.classes.has(name));
}
