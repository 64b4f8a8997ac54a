import { words } from "./fold.ts";

/** A text that is folded once, however many rules look for words in it. */
export type SearchedText = { first(keywords: readonly string[]): string | undefined };

/** Makes a text ready to be searched for whole words, folded alike; it is read when the first rule asks. */
export function searched(text: string): SearchedText {
  let haystack: string | undefined;
  return {
    first(keywords) {
      if (keywords.length === 0) return undefined;
      haystack ??= ` ${words(text).join(" ")} `;
      const needles = needlesOf(keywords);
      const at = needles.findIndex((needle) => needle !== undefined && haystack?.includes(needle));
      return keywords[at];
    },
  };
}

const folded = new WeakMap<readonly string[], readonly (string | undefined)[]>();

// A rule set is held against thousands of turns: its keywords are folded for the first.
function needlesOf(keywords: readonly string[]): readonly (string | undefined)[] {
  const known = folded.get(keywords);
  if (known !== undefined) return known;
  const needles = keywords.map((keyword) => {
    const needle = words(keyword).join(" ");
    return needle === "" ? undefined : ` ${needle} `;
  });
  folded.set(keywords, needles);
  return needles;
}
