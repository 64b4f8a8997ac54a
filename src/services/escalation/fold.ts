// A longer message is read at both ends, where people say what they want.
const READ_LIMIT = 4000;
const HALF = READ_LIMIT / 2;

/** Text in one plain form: lower case, no accents, straight quotes, single spaces kept where they were. */
export function fold(text: string): string {
  const read = text.length <= READ_LIMIT ? text : `${text.slice(0, HALF)}\n${text.slice(-HALF)}`;
  return (
    read
      .normalize("NFKD")
      // Some letters unfold into many.
      .slice(0, 2 * READ_LIMIT)
      .replace(/[\p{M}\p{Cf}]/gu, "")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(/[’‘`´ʼ]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[‐‑‒–—―]/g, "-")
  );
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? [];
}

/** The first of the keywords that stands in the text as whole words, folded alike; `undefined` when none does. */
export function keywordIn(text: string, keywords: readonly string[]): string | undefined {
  const haystack = ` ${words(text).join(" ")} `;
  return keywords.find((keyword) => {
    const needle = words(keyword).join(" ");
    return needle !== "" && haystack.includes(` ${needle} `);
  });
}
