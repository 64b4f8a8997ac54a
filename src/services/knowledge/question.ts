import { type Lexicon, type Mention, mentionsIn, supportLexicon } from "./lexicon.ts";
import { closest, kin } from "./spelling.ts";
import { baseLanguage, isChatter, isStopWord, type Word, wordsOf } from "./words.ts";

/** What a question asks for: terms (stems and `#concepts`) with their weights. */
export type Question = {
  /** The content words, in order. */
  words: QuestionWord[];
  terms: Map<string, number>;
};

/** A content word with the terms of the concepts that it helps to name; `certainty` is below 1 where it was mended. */
export type QuestionWord = {
  stem: string;
  word: string;
  weight: number;
  certainty: number;
  concepts: string[];
  /** The concepts near those. */
  neighbours: string[];
};

/** The words that a company's articles use. */
export type Vocabulary = { frequency: Map<string, number>; language: string };

/** The weights of this ranking, tuned on one half of the evaluation set only. */
export const questionWeights = {
  chatter: 0.3,
  concept: 1,
  related: 0.35,
  relatedBy: 0.15,
  misspelt: 0.8,
  relative: 0.7,
  hidden: 0.4,
};

/**
 * Reads a question as a customer wrote it: drops what carries no meaning, mends words the articles do not know,
 * and adds the concepts it names and, more faintly, their neighbours.
 */
export function readQuestion(
  text: string,
  corpus: Vocabulary,
  language: string,
  lexicon: Lexicon = supportLexicon(),
): Question {
  const english = baseLanguage(language) === "en";
  const all = wordsOf(english ? text.replace(greeting, " ") : text, language).map((word) =>
    mended(word, corpus, english ? lexicon : undefined),
  );
  const terms = new Map<string, number>();
  const words: QuestionWord[] = [];
  const mentions = english ? mentionsIn(all, lexicon) : [];
  for (const [index, word] of all.entries()) {
    if (isStopWord(word.word, language)) continue;
    const weight = english && isChatter(word.word) ? questionWeights.chatter : 1;
    const named = mentions.filter((mention) => mention.words.includes(index));
    const relative = corpus.frequency.has(word.stem) ? undefined : kin(word.stem, corpus.frequency.keys());
    const stem = relative ?? word.stem;
    const certainty = relative === undefined ? word.certainty : questionWeights.relative;
    words.push({
      stem,
      word: word.word,
      weight,
      certainty,
      concepts: named.map((one) => `#${one.concept.id}`),
      neighbours: named.flatMap((one) => one.concept.related.map((id) => `#${id}`)),
    });
    raise(terms, stem, weight * certainty);
  }
  addConcepts(terms, mentions, lexicon);
  return { words, terms };
}

const greeting = /\bgood (?:morning|afternoon|evening|day|night)\b|\bhow are you(?: today)?\b/gi;

type MendedWord = Word & { certainty: number };

function mended(word: Word, corpus: Vocabulary, lexicon: Lexicon | undefined): MendedWord {
  const known =
    word.stem.length < 5 ||
    /\d/.test(word.stem) ||
    corpus.frequency.has(word.stem) ||
    lexicon?.inner.has(word.stem) === true ||
    isStopWord(word.word, corpus.language) ||
    isChatter(word.word);
  if (known) return { ...word, certainty: 1 };
  const stem = closest(word.stem, [corpus.frequency.keys(), lexicon?.inner ?? []]);
  return stem === undefined
    ? { ...word, certainty: 1 }
    : { ...word, stem, certainty: questionWeights.misspelt };
}

/** A phrase ("send back") hides the concepts of its single words ("back"); of two equal mentions the surer one counts. */
function addConcepts(terms: Map<string, number>, mentions: Mention[], lexicon: Lexicon): void {
  const named = new Map<string, number>();
  for (const mention of mentions) {
    const hidden = mentions.some(
      (other) =>
        other.words.length > mention.words.length &&
        mention.words.every((index) => other.words.includes(index)),
    );
    const weight = mention.concept.weight * mention.certainty * (hidden ? questionWeights.hidden : 1);
    raise(named, mention.concept.id, weight);
  }
  for (const [id, weight] of named) {
    raise(terms, `#${id}`, weight * questionWeights.concept);
    const concept = lexicon.concepts.get(id);
    for (const other of concept?.related ?? []) raise(terms, `#${other}`, weight * questionWeights.related);
    for (const other of concept?.relatedBy ?? [])
      raise(terms, `#${other}`, weight * questionWeights.relatedBy);
  }
}

function raise(map: Map<string, number>, key: string, value: number): void {
  map.set(key, Math.max(map.get(key) ?? 0, value));
}
