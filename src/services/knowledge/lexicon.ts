import { once } from "#lib/registry";
import { account } from "./lexicon-account.ts";
import { billing } from "./lexicon-billing.ts";
import { commerce } from "./lexicon-commerce.ts";
import { everyday } from "./lexicon-everyday.ts";
import { general } from "./lexicon-general.ts";
import { product } from "./lexicon-product.ts";
import { type Word, wordsOf } from "./words.ts";

/** A thing that customers and articles name in many ways. */
export type Concept = {
  id: string;
  /** 1 for a topic, less for everyday words, least for a mere cue such as "how long". */
  weight: number;
  related: string[];
  /** The concepts that name this one as related. */
  relatedBy: string[];
};

/** A concept found in a text: which words of the text name it, and how surely. */
export type Mention = { concept: Concept; words: number[]; certainty: number };

/**
 * The vocabulary of customer support, one concept a line:
 * `name = member, a member of several words ~ related concept, another`. A hyphen for `=` marks plain words of everyday
 * English, which mean many things and count less, and a colon a mere cue.
 * Members are compared by stem; up to two other words may stand inside a phrase ("send the shoes back").
 */
export function parseLexicon(source: string): Lexicon {
  const concepts = new Map<string, Concept>();
  const entries = new Map<string, Entry[]>();
  const senses = new Map<string, number>();
  const inner = new Set<string>();
  for (const line of source.split("\n")) {
    const parsed = /^([a-z-]+) ([=:-]) ([^~]+)(?:~ (.+))?$/.exec(line.trim());
    if (parsed === null) continue;
    const [, id = "", kind, members = "", related = ""] = parsed;
    const concept: Concept = {
      id,
      weight: weights[kind ?? ""] ?? 1,
      related: listed(related),
      relatedBy: [],
    };
    concepts.set(id, concept);
    const phrases = new Map(listed(members).map((member) => [stemsOf(member).join(" "), stemsOf(member)]));
    for (const [key, stems] of phrases) {
      const first = stems[0];
      if (first === undefined) continue;
      entries.set(first, [...(entries.get(first) ?? []), { concept, stems, key }]);
      senses.set(key, (senses.get(key) ?? 0) + 1);
      for (const stem of stems) inner.add(stem);
    }
  }
  for (const { id, related } of concepts.values()) {
    for (const other of related) concepts.get(other)?.relatedBy.push(id);
  }
  return { concepts, entries, senses, inner };
}

/** The built-in English vocabulary, parsed once a process. */
export function supportLexicon(): Lexicon {
  return once("knowledge.lexicon", () =>
    parseLexicon([account, billing, commerce, product, everyday, general].join("\n")),
  );
}

/** Finds the concepts that a text names; a word with several meanings is shared among them. */
export function mentionsIn(words: Word[], lexicon: Lexicon): Mention[] {
  const mentions: Mention[] = [];
  for (const [index, word] of words.entries()) {
    for (const entry of lexicon.entries.get(word.stem) ?? []) {
      const found = matchFrom(words, index, entry.stems);
      if (found === undefined) continue;
      const senses = lexicon.senses.get(entry.key) ?? 1;
      mentions.push({ concept: entry.concept, words: found, certainty: 1 / Math.sqrt(senses) });
    }
  }
  return mentions;
}

/** The single stems that name the concepts among some terms (`#refund` → "refund", "reimburs"), for a search elsewhere. */
export function relatedStems(terms: Iterable<string>, lexicon: Lexicon = supportLexicon()): string[] {
  const wanted = new Set([...terms].filter((term) => term.startsWith("#")).map((term) => term.slice(1)));
  const stems = new Set<string>();
  for (const [stem, entries] of lexicon.entries) {
    if (entries.some((entry) => entry.stems.length === 1 && wanted.has(entry.concept.id))) stems.add(stem);
  }
  return [...stems];
}

export type Lexicon = {
  concepts: Map<string, Concept>;
  entries: Map<string, Entry[]>;
  senses: Map<string, number>;
  /** Every stem that occurs in a member: a customer who writes one has not misspelt it. */
  inner: Set<string>;
};

type Entry = { concept: Concept; stems: string[]; key: string };

const weights: Record<string, number> = { "=": 1, "-": 0.7, ":": 0.4 };
const longestGap = 2;

function matchFrom(words: Word[], start: number, stems: string[]): number[] | undefined {
  const found = [start];
  let at = start;
  for (const stem of stems.slice(1)) {
    const end = Math.min(words.length, at + 2 + longestGap);
    let next = at + 1;
    while (next < end && words[next]?.stem !== stem) next += 1;
    if (next >= end) return undefined;
    found.push(next);
    at = next;
  }
  return found;
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function stemsOf(member: string): string[] {
  return wordsOf(member, "en").map((word) => word.stem);
}
