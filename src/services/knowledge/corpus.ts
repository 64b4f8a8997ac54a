import { type Lexicon, mentionsIn, supportLexicon } from "./lexicon.ts";
import { baseLanguage, isStopWord, wordsOf } from "./words.ts";

/** A stored passage with what is needed to name its source. */
export type StoredPassage = {
  passageId: string;
  articleId: string;
  slug: string;
  title: string;
  section: string;
  anchor: string;
  text: string;
  language: string;
  position: number;
};

export const fields = ["title", "section", "text"] as const;

/** How often each term (a stem, or `#concept`) occurs in each field of a passage or an article. */
export type Counts = { terms: Map<string, number[]>; lengths: number[] };

export type IndexedPassage = StoredPassage & { counts: Counts; stems: string[] };

export type IndexedArticle = {
  articleId: string;
  counts: Counts;
  passages: IndexedPassage[];
  titleStems: string[];
};

/** The searchable form of one company's articles. */
export type Corpus = {
  articles: IndexedArticle[];
  passageCount: number;
  /** In how many of `total` articles a term occurs. */
  frequency: Map<string, number>;
  total: number;
  /** In how many titles a term occurs. */
  titleFrequency: Map<string, number>;
  averageLengths: number[];
  passageAverageLengths: number[];
  language: string;
};

/** Builds the searchable form of a set of passages. */
export function indexPassages(passages: StoredPassage[], lexicon: Lexicon = supportLexicon()): Corpus {
  return assemble(passages.map((passage) => indexPassage(passage, lexicon)));
}

/** Builds the searchable form of passages that are indexed already. */
export function assemble(passages: IndexedPassage[]): Corpus {
  const byArticle = new Map<string, IndexedPassage[]>();
  for (const passage of passages) {
    const group = byArticle.get(passage.articleId) ?? [];
    group.push(passage);
    byArticle.set(passage.articleId, group);
  }
  const articles = [...byArticle].map(([articleId, group]) => articleOf(articleId, group));
  const all = articles.flatMap((article) => article.passages);
  return {
    articles,
    passageCount: all.length,
    frequency: frequencies(articles),
    total: articles.length,
    titleFrequency: frequencies(articles, ([title = 0]) => title > 0),
    averageLengths: averages(articles.map((article) => article.counts)),
    passageAverageLengths: averages(all.map((passage) => passage.counts)),
    language: baseLanguage(passages[0]?.language ?? "en"),
  };
}

/** How telling a term is: high for a rare one (the inverse document frequency of BM25, never negative). */
export function rarity(corpus: Corpus, term: string): number {
  const frequency = corpus.frequency.get(term) ?? 0;
  return Math.log(1 + (Math.max(0, corpus.total - frequency) + 0.5) / (frequency + 0.5));
}

/** How telling a term is in a title, where "return" may be rare though every article speaks of returns. */
export function titleRarity(corpus: Corpus, term: string): number {
  const frequency = corpus.titleFrequency.get(term) ?? 0;
  return Math.log(1 + (Math.max(0, corpus.total - frequency) + 0.5) / (frequency + 0.5));
}

/** Counts the terms of one passage. */
export function indexPassage(passage: StoredPassage, lexicon: Lexicon = supportLexicon()): IndexedPassage {
  const counts: Counts = { terms: new Map(), lengths: [] };
  const stems: string[] = [];
  for (const [field, name] of fields.entries()) {
    const words = wordsOf(passage[name], passage.language);
    let length = 0;
    for (const word of words) {
      if (isStopWord(word.word, passage.language)) continue;
      add(counts, word.stem, field, 1);
      if (name === "text") stems.push(word.stem);
      length += 1;
    }
    counts.lengths[field] = length;
    if (baseLanguage(passage.language) !== "en") continue;
    for (const mention of mentionsIn(words, lexicon))
      add(counts, `#${mention.concept.id}`, field, mention.certainty);
  }
  return { ...passage, counts, stems };
}

function add(counts: Counts, term: string, field: number, amount: number): void {
  const perField = counts.terms.get(term) ?? [0, 0, 0];
  perField[field] = (perField[field] ?? 0) + amount;
  counts.terms.set(term, perField);
}

/** An article's counts are the sum over its passages, with the title counted once. */
function articleOf(articleId: string, passages: IndexedPassage[]): IndexedArticle {
  const counts: Counts = { terms: new Map(), lengths: [0, 0, 0] };
  const sections = new Set<string>();
  for (const [index, passage] of passages.entries()) {
    const counted = [index === 0, !sections.has(passage.section), true];
    sections.add(passage.section);
    for (const [term, perField] of passage.counts.terms) {
      for (const [field, amount] of perField.entries()) {
        if (counted[field] && amount > 0) add(counts, term, field, amount);
      }
    }
    for (const [field, length] of passage.counts.lengths.entries()) {
      if (counted[field]) counts.lengths[field] = (counts.lengths[field] ?? 0) + length;
    }
  }
  const first = passages[0];
  const titleStems = first === undefined ? [] : wordsOf(first.title, first.language).map((word) => word.stem);
  return { articleId, counts, passages, titleStems };
}

function frequencies(
  articles: IndexedArticle[],
  counts: (perField: number[]) => boolean = () => true,
): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const article of articles) {
    for (const [term, perField] of article.counts.terms) {
      if (counts(perField)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    }
  }
  return frequency;
}

function averages(counts: Counts[]): number[] {
  return fields.map((_, field) => {
    const total = counts.reduce((sum, one) => sum + (one.lengths[field] ?? 0), 0);
    return Math.max(1, total / Math.max(1, counts.length));
  });
}
