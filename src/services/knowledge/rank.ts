import type { ScoreParts } from "#contracts/knowledge";
import {
  type Corpus,
  type Counts,
  type IndexedArticle,
  type IndexedPassage,
  rarity,
  titleRarity,
} from "./corpus.ts";
import type { Question } from "./question.ts";

export type Ranked = { passage: IndexedPassage; articleScore: number; score: number; parts: ScoreParts };

/** Tuned on one half of the evaluation set only; see tests/eval/retrieval. */
export const rankWeights = {
  fields: [2.5, 2, 1],
  lengthNormalisation: [0.3, 0.3, 0.4],
  saturation: 2,
  passage: 0.4,
  pair: 0.3,
  title: 0.25,
  titleInPassage: 0.5,
  early: 0.6,
  uncovered: 0.5,
  /** What a word counts that the article says in another way. */
  byConcept: 0.85,
  /** What a word counts of which the article says something near ("reset" where it says "forgot"). */
  byNeighbour: 0.4,
};

/** Ranks passages for a question: articles first by BM25F over words and concepts, then the passages within them. */
export function rank(question: Question, corpus: Corpus, limit: number): Ranked[] {
  const importance = new Map(
    [...question.terms].map(([term, weight]) => [term, weight * rarity(corpus, term)] as const),
  );
  const scored = corpus.articles.map((article) => ({
    article,
    whole: score(article.counts, importance, corpus.averageLengths),
  }));
  const promising = scored
    .filter(({ whole }) => whole.words + whole.concepts > 0)
    .sort((a, b) => b.whole.words + b.whole.concepts - a.whole.words - a.whole.concepts)
    .slice(0, mostArticles);
  const ranked = promising.flatMap(({ article, whole }) =>
    rankArticle(article, whole, question, importance, corpus),
  );
  return ranked.sort(byScore).slice(0, limit);
}

// What follows after the first score can halve it at most, so the best article is among these.
const mostArticles = 50;

// So that the second-best article is always in sight: for the answer's margin and for its sources.
const mostOfOneArticle = 3;

type Importance = Map<string, number>;
type Score = { words: number; concepts: number };

function rankArticle(
  article: IndexedArticle,
  whole: Score,
  question: Question,
  importance: Importance,
  corpus: Corpus,
): Ranked[] {
  const telling = amongPassages(article, importance);
  const passages = article.passages.map((passage) => {
    const own = score(passage.counts, telling, corpus.passageAverageLengths);
    const early = rankWeights.early / (1 + passage.position);
    return { passage, value: own.words + own.concepts + early };
  });
  const best = Math.max(...passages.map((one) => one.value));
  const pairs = pairScore(article, question, corpus);
  const { coverage, asked } = covered(article, question, corpus);
  const title = titleScore(article, question, corpus);
  const base = whole.words + whole.concepts + rankWeights.passage * best + pairs + title;
  const articleScore = base * (rankWeights.uncovered + (1 - rankWeights.uncovered) * coverage);
  const ranked = passages.map(({ passage, value }) => ({
    passage,
    articleScore,
    score: best === 0 ? 0 : articleScore * (0.5 + (0.5 * value) / best),
    parts: { words: whole.words, concepts: whole.concepts, passage: value, pairs, title, coverage, asked },
  }));
  return ranked.sort(byScore).slice(0, mostOfOneArticle);
}

/** What the title says already tells little between the passages beneath it; then the first, the gist, goes ahead. */
function amongPassages(article: IndexedArticle, importance: Importance): Importance {
  const inTitle = (term: string) => (article.counts.terms.get(term)?.[0] ?? 0) > 0;
  return new Map(
    [...importance].map(([term, weight]) => [
      term,
      inTitle(term) ? weight * rankWeights.titleInPassage : weight,
    ]),
  );
}

function score(counts: Counts, importance: Importance, averages: number[]): Score {
  let words = 0;
  let concepts = 0;
  for (const [term, weight] of importance) {
    const perField = counts.terms.get(term);
    if (perField === undefined) continue;
    const frequency = perField.reduce((sum, amount, field) => {
      const share = rankWeights.lengthNormalisation[field] ?? 0;
      const length = 1 - share + (share * (counts.lengths[field] ?? 0)) / (averages[field] ?? 1);
      return sum + ((rankWeights.fields[field] ?? 1) * amount) / length;
    }, 0);
    const value = (weight * frequency) / (rankWeights.saturation + frequency);
    if (term.startsWith("#")) concepts += value;
    else words += value;
  }
  return { words, concepts };
}

/** What the title alone says of the question: more, the more of the title the question names. */
function titleScore(article: IndexedArticle, question: Question, corpus: Corpus): number {
  const length = Math.max(1, article.counts.lengths[0] ?? 1);
  let total = 0;
  for (const [term, weight] of question.terms) {
    const inTitle = article.counts.terms.get(term)?.[0] ?? 0;
    if (inTitle > 0) total += weight * Math.min(1, inTitle) * titleRarity(corpus, term);
  }
  return (rankWeights.title * total) / Math.sqrt(length);
}

function pairScore(article: IndexedArticle, question: Question, corpus: Corpus): number {
  let total = 0;
  for (let index = 1; index < question.words.length; index += 1) {
    const first = question.words[index - 1];
    const second = question.words[index];
    if (first === undefined || second === undefined || first.stem === second.stem) continue;
    if (!together(article, first.stem, second.stem)) continue;
    const rarest = Math.min(
      first.weight * rarity(corpus, first.stem),
      second.weight * rarity(corpus, second.stem),
    );
    total += rankWeights.pair * rarest;
  }
  return total;
}

function together(article: IndexedArticle, first: string, second: string): boolean {
  if (!article.counts.terms.has(first) || !article.counts.terms.has(second)) return false;
  const near = (stems: string[]) =>
    stems.some((stem, at) => stem === first && stems.slice(at + 1, at + 4).includes(second));
  return near(article.titleStems) || article.passages.some((passage) => near(passage.stems));
}

function covered(
  article: IndexedArticle,
  question: Question,
  corpus: Corpus,
): { coverage: number; asked: number } {
  let total = 0;
  let found = 0;
  let asked = 0;
  for (const { stem, weight, certainty, concepts, neighbours } of question.words) {
    const unknownChatter = weight < 1 && !corpus.frequency.has(stem);
    if (unknownChatter) continue;
    const importance = weight * importanceIn(article, [stem, ...concepts], corpus);
    total += importance;
    asked += weight;
    if (article.counts.terms.has(stem)) found += importance * certainty;
    else if (concepts.some((concept) => article.counts.terms.has(concept)))
      found += importance * certainty * rankWeights.byConcept;
    else if (neighbours.some((concept) => article.counts.terms.has(concept)))
      found += importance * certainty * rankWeights.byNeighbour;
  }
  return { coverage: total === 0 ? 0 : found / total, asked };
}

/** A word that names the article counts as one of its title, however often the others mention it. */
function importanceIn(article: IndexedArticle, terms: string[], corpus: Corpus): number {
  const inTitle = terms.filter((term) => (article.counts.terms.get(term)?.[0] ?? 0) > 0);
  const [stem = ""] = terms;
  return Math.max(rarity(corpus, stem), ...inTitle.map((term) => titleRarity(corpus, term)));
}

function byScore(a: Ranked, b: Ranked): number {
  return b.articleScore - a.articleScore || b.score - a.score || a.passage.position - b.passage.position;
}
