import type { Mark, Marked } from "#contracts/search";
import { type Token, tokensOf } from "./search-words.ts";

const before = 60;
const most = 220;

/** Marks the words of a text that were looked for; the last one may be only begun. */
export function mark(text: string, terms: string[]): Marked {
  return { text, marks: marksOf(text, terms) };
}

/** The part of a text around the first word that was looked for, marked. */
export function excerpt(text: string, terms: string[]): Marked {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  const first = marksOf(plain, terms)[0]?.start ?? 0;
  const start =
    plain.length <= most ? 0 : wordAt(plain, Math.max(0, Math.min(first - before, plain.length - most)));
  const end = start + most >= plain.length ? plain.length : wordEnd(plain, start + most);
  const part = plain.slice(start, end);
  return mark(`${start > 0 ? "…" : ""}${part}${end < plain.length ? "…" : ""}`, terms);
}

function marksOf(text: string, terms: string[]): Mark[] {
  return tokensOf(text)
    .filter((token) => isWanted(token, terms))
    .map(({ start, end }) => ({ start, end }));
}

function isWanted({ word }: Token, terms: string[]): boolean {
  return terms.includes(word) || word.startsWith(terms.at(-1) ?? word);
}

function wordAt(text: string, from: number): number {
  return from === 0 ? 0 : text.indexOf(" ", from) + 1;
}

function wordEnd(text: string, from: number): number {
  const space = text.lastIndexOf(" ", from);
  return space === -1 ? from : space;
}
