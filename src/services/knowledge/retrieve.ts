import { setImmediate } from "node:timers/promises";
import type { PassageHit } from "#contracts/knowledge";
import { candidates, corpusOf, type LargeCorpus, lastCorpus } from "./corpora.ts";
import { type Corpus, indexPassages, type StoredPassage } from "./corpus.ts";
import { relatedStems } from "./lexicon.ts";
import { type Question, readQuestion } from "./question.ts";
import { type Ranked, rank } from "./rank.ts";
import { splitArticle } from "./split.ts";

export type Search = { query: string; language?: string | undefined; limit?: number | undefined };

/** Finds the passages of the asker's company that best answer a question, best first; none for an empty question. */
export async function retrieve(who: { companyId: string }, search: Search): Promise<PassageHit[]> {
  const query = search.query.slice(0, longestQuestion);
  const corpus = await corpusOf(who.companyId);
  const question = readQuestion(query, corpus, search.language ?? corpus.language);
  if (question.words.length === 0) return [];
  const searched = "large" in corpus ? await narrowed(who.companyId, corpus, question) : corpus;
  return rank(question, searched, search.limit ?? 5).map(hit);
}

/**
 * Searches the articles as this process knew them last, while Postgres is asked whether they have changed. Answers
 * nothing where they have, or were not known; the language is the one that the question was read in.
 */
export async function retrieveAhead(
  who: { companyId: string },
  search: { query: string; limit: number },
): Promise<{ language: string; hits: PassageHit[] } | undefined> {
  const kept = lastCorpus(who.companyId);
  if (kept === undefined || "large" in kept) return undefined;
  const asked = corpusOf(who.companyId);
  // Told where it is waited for, and no sooner: until then a refusal would be nobody's.
  asked.catch(() => undefined);
  // What goes to Postgres in this turn of the event loop leaves before the searching begins.
  await setImmediate();
  const question = readQuestion(search.query.slice(0, longestQuestion), kept, kept.language);
  const hits = question.words.length === 0 ? [] : rank(question, kept, search.limit).map(hit);
  return (await asked) === kept ? { language: kept.language, hits } : undefined;
}

/** Articles that are at hand, not stored; an id serves as address too. */
export type LooseArticle = { id: string; title: string; body: string; language?: string | undefined };

/** Makes a search over articles at hand, without a database, by the same rules as `retrieve`. */
export function articleSearch(articles: LooseArticle[]): (search: Search) => PassageHit[] {
  const corpus = indexPassages(articles.flatMap(passagesOf));
  return ({ query, language, limit }) =>
    rank(readQuestion(query, corpus, language ?? corpus.language), corpus, limit ?? 5).map(hit);
}

// A longer text is no question; what is asked stands in its beginning.
const longestQuestion = 1_000;

/** The best candidates of a large company, weighed by how rare a word is in all of its passages. */
async function narrowed(companyId: string, corpus: LargeCorpus, question: Question): Promise<Corpus> {
  const words = question.words.map(({ word, stem }) => `${word} ${stem}`);
  // Only what the question itself names: neighbours of its concepts would bring in half of all passages.
  const named = [...question.terms].filter(([, weight]) => weight >= 0.5).map(([term]) => term);
  const passages = await candidates(companyId, corpus.language, words, relatedStems(named));
  const near = indexPassages(passages);
  const share = corpus.total / Math.max(1, near.passageCount);
  const frequency = new Map(
    [...near.frequency].map(([term, seen]) => [term, corpus.frequency.get(term) ?? seen * share]),
  );
  return { ...near, frequency, total: corpus.total };
}

function passagesOf({ id, title, body, language = "en" }: LooseArticle): StoredPassage[] {
  return splitArticle(body).map((passage) => {
    return { ...passage, passageId: `${id}/${passage.position}`, articleId: id, slug: id, title, language };
  });
}

function hit({ passage, score, parts }: Ranked): PassageHit {
  return {
    passageId: passage.passageId,
    articleId: passage.articleId,
    articleTitle: passage.title,
    slug: passage.slug,
    section: passage.section,
    anchor: passage.anchor,
    text: passage.text,
    language: passage.language,
    score,
    parts,
  };
}
