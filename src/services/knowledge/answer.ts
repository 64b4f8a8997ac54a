import type { AnswerSource, PassageHit } from "#contracts/knowledge";
import { type Corpus, type Counts, indexPassages, rarity, type StoredPassage } from "./corpus.ts";
import { bestExcerpt, type Excerpt, type Unit, unitsOf } from "./excerpt.ts";
import { type Question, readQuestion } from "./question.ts";

export type ExtractedAnswer = { text: string; sources: AnswerSource[] };

/**
 * Answers with the words of the articles alone: the sentences, list or table of the best passages that speak to the
 * question, in their order, each with the number of its source. Undefined when there is nothing to quote.
 */
export function extractAnswer(query: string, hits: PassageHit[]): ExtractedAnswer | undefined {
  const quotable = worthQuoting(hits);
  const excerpts = excerptsFor(query, quotable);
  const first = excerpts[0];
  if (first === undefined) return undefined;
  const second = excerpts.slice(1).find((one) => adds(one, first));
  const chosen = second === undefined ? [first] : [first, second];
  return {
    text: [leadIn(first.hit), ...chosen.map(({ excerpt }, index) => cite(excerpt.text, index + 1))].join(
      "\n\n",
    ),
    sources: chosen.map(({ hit, excerpt }, index) => source(hit, excerpt.text, index + 1)),
  };
}

const mostText = 560;
// Only a table or a code block makes a longer passage, and neither fits an answer.
const mostRead = 5_000;
const secondWorth = 0.75;

type Quoted = { hit: PassageHit; excerpt: Excerpt; spokenTo: Set<string> };

/** A second quotation is worth its room when it fits, is nearly as good, and speaks to a word that the first does not. */
function adds(second: Quoted, first: Quoted): boolean {
  const fits = first.excerpt.text.length + second.excerpt.text.length <= mostText;
  const good =
    second.excerpt.score >= secondWorth * first.excerpt.score && second.hit.score >= 0.8 * first.hit.score;
  return fits && good && [...second.spokenTo].some((word) => !first.spokenTo.has(word));
}

/** The best article's passages, and another article's only when it is nearly as good. */
function worthQuoting(hits: PassageHit[]): PassageHit[] {
  const best = hits[0];
  if (best === undefined) return [];
  return hits.filter((hit) => hit.articleId === best.articleId || hit.score >= 0.9 * best.score).slice(0, 3);
}

function excerptsFor(query: string, hits: PassageHit[]): Quoted[] {
  const units = hits.map((hit) => unitsOf(hit.text.slice(0, mostRead)));
  const corpus = indexPassages(hits.flatMap((hit, index) => (units[index] ?? []).map(asPassage(hit))));
  const question = readQuestion(query, corpus, hits[0]?.language ?? "en");
  const counts = new Map(corpus.articles.map((unit) => [unit.articleId, unit.counts]));
  const weigh = weigherOf(question, corpus);
  const quoted = hits.map((hit, index) => {
    const scored = (units[index] ?? []).map((unit, at) => ({
      ...unit,
      score: weigh(counts.get(`${hit.passageId}/${at}`), unit.text),
    }));
    const excerpt = bestExcerpt(scored, mostText);
    return { hit, excerpt, spokenTo: spokenTo(question, hit, excerpt.text) };
  });
  return quoted.filter(({ excerpt }) => excerpt.text !== "");
}

/** Weighs a sentence by the rare terms of the question in it; one with a number, where a number is asked for, more. */
function weigherOf(question: Question, corpus: Corpus): (counts: Counts | undefined, text: string) => number {
  const importance = [...question.terms].map(
    ([term, weight]) => [term, weight * rarity(corpus, term)] as const,
  );
  const asksForNumber = ["#duration", "#price", "#when", "#limit"].some((term) => question.terms.has(term));
  return (counts, text) => {
    let score = 0;
    for (const [term, weight] of importance) if (counts?.terms.has(term)) score += weight;
    return asksForNumber && /\d/.test(text) ? score * 1.25 : score;
  };
}

/** The telling words of the question that a text says, itself or in other words. */
function spokenTo(question: Question, hit: PassageHit, text: string): Set<string> {
  const said = indexPassages([asPassage(hit)({ text, glue: "" }, 0)]).articles[0]?.counts.terms;
  const words = question.words.filter(({ weight, stem, concepts }) => {
    return weight === 1 && [stem, ...concepts].some((term) => said?.has(term));
  });
  return new Set(words.map((word) => word.stem));
}

/** A sentence is weighed as a passage of its own; its title and section say nothing that its neighbours do not. */
function asPassage(hit: PassageHit): (unit: Unit, index: number) => StoredPassage {
  return (unit, index) => ({
    ...hit,
    articleId: `${hit.passageId}/${index}`,
    title: "",
    section: "",
    text: unit.text,
    position: index,
  });
}

function leadIn(hit: PassageHit): string {
  const section = hit.section === "" ? "" : `, “${hit.section}”`;
  return `Here is what **${hit.articleTitle}**${section} says:`;
}

/** A mark behind a table or a code fence would become part of it, so there it stands below. */
function cite(text: string, number: number): string {
  const last = text.split("\n").at(-1) ?? "";
  return /^\s*(?:\||`{3}|~{3})/.test(last) ? `${text}\n\n[${number}]` : `${text} [${number}]`;
}

function source(hit: PassageHit, quote: string, number: number): AnswerSource {
  return {
    number,
    articleId: hit.articleId,
    passageId: hit.passageId,
    title: hit.articleTitle,
    section: hit.section,
    slug: hit.slug,
    anchor: hit.anchor,
    quote,
  };
}
