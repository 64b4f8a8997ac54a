/** What the words before the cursor ask for: a canned response, a colleague, or a picture. */
export type Trigger = { sign: "/" | "@" | ":"; query: string; from: number };

const patterns: [Trigger["sign"], RegExp][] = [
  ["/", /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u],
  // A name may be of two words, as long as the second has begun.
  ["@", /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40})?)$/u],
  // Two letters, so that a smiley written by hand stays one.
  [":", /(?:^|\s):([a-z0-9_+-]{2,30})$/u],
];

/** Looks at the words before the cursor. Signs that are not in `signs` mean nothing here. */
export function triggerAt(
  text: string,
  caret: number,
  signs: readonly Trigger["sign"][],
): Trigger | undefined {
  const before = text.slice(0, caret);
  for (const [sign, pattern] of patterns) {
    const query = signs.includes(sign) ? before.match(pattern)?.[1] : undefined;
    if (query !== undefined) return { sign, query, from: caret - query.length - 1 };
  }
  return undefined;
}

/** The text with what was asked for in place of the asking, and where the cursor stands then. */
export function complete(
  text: string,
  { from, query }: Trigger,
  words: string,
): { text: string; caret: number } {
  const after = text.slice(from + 1 + query.length);
  return { text: text.slice(0, from) + words + after, caret: from + words.length };
}
