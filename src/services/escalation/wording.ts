import { phraseWeights } from "./phrase-weights.ts";
import type { Token } from "./tokens.ts";

/** A sentence in which the phrases that name people are one token each. */
export type Chunked = { tokens: readonly Token[]; asks: boolean };

// What a word is worth when it is met in words unlike those seen before: the first class it has.
const kinds = [
  "WISH",
  "TALK",
  "TALKING",
  "SEND",
  "SENT",
  "GIVE",
  "ME",
  "MODAL",
  "NEG",
  "POLITE",
  "TIMEWORD",
  "REPORT",
  "THIRD",
  "PAST",
  "FEDUP",
  "LEAVE",
  "ACT",
  "TO",
  "CASE",
];

/**
 * The turns of phrase of a message: one, two and three words in a row and two words around a third, once with
 * the words as they stand and once with their kinds (“I want a rep” → “i want PERSON”, “i WISH PERSON”).
 */
export function turnsOfPhrase(sentences: readonly Chunked[]): Set<string> {
  const turns = new Set<string>();
  for (const { tokens, asks } of sentences) {
    const end = asks ? "?" : ".";
    addTurns(turns, ["^", ...tokens.map(asWord), end]);
    addTurns(turns, ["^", ...tokens.map(asKind), end]);
  }
  return turns;
}

/**
 * How far the wording of a message leans towards asking for a person (above 0) or away from it (below 0): the
 * sum of what each of its turns of phrase is worth.
 */
export function leaning(sentences: readonly Chunked[]): number {
  let sum = weights.get("") ?? 0;
  for (const turn of turnsOfPhrase(sentences)) sum += weights.get(turn) ?? 0;
  return sum;
}

function addTurns(turns: Set<string>, words: readonly string[]): void {
  for (const [at, word] of words.entries()) {
    const [next, third] = [words[at + 1], words[at + 2]];
    turns.add(word);
    if (next !== undefined) turns.add(`${word} ${next}`);
    if (third !== undefined) turns.add(`${word} ${next} ${third}`).add(`${word} … ${third}`);
  }
}

function asWord(token: Token): string {
  const { classes, word } = token;
  if (classes.has("NP_REAL")) return "REAL_PERSON";
  if (classes.has("NP_SOMEONE")) return "SOMEONE";
  if (classes.has("NP_FIRM")) return "PERSON";
  if (classes.has("NP")) return "DEPARTMENT";
  if (classes.has("FOREIGN_NP")) return "OUTSIDER";
  if (classes.has("MACHINE")) return "MACHINE";
  return word;
}

function asKind(token: Token): string {
  if (token.classes.has("NP_REAL") || token.classes.has("NP_SOMEONE")) return "PERSON";
  const word = asWord(token);
  if (word !== token.word) return word;
  return kinds.find((kind) => token.classes.has(kind)) ?? word;
}

const weights: ReadonlyMap<string, number> = new Map(
  Object.entries(phraseWeights).flatMap(([weight, turns]) =>
    turns.split(" | ").map((turn): [string, number] => [turn, Number(weight)]),
  ),
);
