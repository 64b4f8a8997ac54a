import type { TurnMessage } from "./turn.ts";

/**
 * What to look for when a message leans on the one before it, as "and for sale items?" does: both questions together.
 * `undefined` for a message that stands by itself.
 */
export function followUpQuery(question: string, history: readonly TurnMessage[]): string | undefined {
  if (!leans(question)) return undefined;
  const earlier = history.findLast(({ author, text }) => author === "customer" && standsAlone(text));
  if (earlier === undefined) return undefined;
  return `${earlier.text.slice(0, 500)} ${question.slice(0, 500)}`;
}

/** Says whether the customer wants to read on about the last answer. */
export function asksForMore(question: string): boolean {
  return /^\W*(?:(?:can|could) you )?(?:please )?(?:(?:tell|give|show) me (?:some )?more(?: (?:details|info|information|about (?:it|that|this)))?|more (?:details|info|information)?|more|explain(?: (?:it|that|this|more|further))*|go on|continue|anything else about (?:it|that|this)|what else)(?: please)?\W*$/i.test(
    question,
  );
}

function leans(question: string): boolean {
  const words = wordsOf(question);
  if (words.length === 0 || words.length > 12) return false;
  if (asksForMore(question)) return true;
  const text = words.join(" ");
  if (
    /^(?:and|or|but|also|so|then|what about|how about|what if|even|only|same for|except|because)\b/.test(text)
  )
    return true;
  if (
    /^(?:why|why not|how|how long|how much|how many|when|where|really|since when|until when|which(?: ones?)?|how so|who pays)$/.test(
      text,
    )
  )
    return true;
  const points = /\b(?:it|that|this|those|these|they|them|there|one|ones|the same)\b/.test(text);
  return points && words.length <= 9;
}

function standsAlone(text: string): boolean {
  return wordsOf(text).length >= 3 && !leans(text);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
}
