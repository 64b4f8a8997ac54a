import type { AnswerSource, PassageHit } from "#contracts/knowledge";
import { indexPassages, rarity, type StoredPassage } from "./corpus.ts";
import { bestExcerpt, type Excerpt, type Unit, unitsOf } from "./excerpt.ts";
import { readQuestion } from "./question.ts";

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
  const chosen = [first];
  const second = excerpts[1];
  const fits = second !== undefined && first.excerpt.text.length + second.excerpt.text.length <= mostText;
  if (second !== undefined && fits && second.excerpt.score >= secondWorth * first.excerpt.score)
    chosen.push(second);
  return {
    text: [leadIn(first.hit), ...chosen.map(({ excerpt }, index) => cite(excerpt.text, index + 1))].join(
      "\n\n",
    ),
    sources: chosen.map(({ hit, excerpt }, index) => source(hit, excerpt.text, index + 1)),
  };
}

const mostText = 560;
const secondWorth = 0.75;

/** The best article's passages, and another article's only when it is nearly as good. */
function worthQuoting(hits: PassageHit[]): PassageHit[] {
  const best = hits[0];
  if (best === undefined) return [];
  return hits.filter((hit) => hit.articleId === best.articleId || hit.score >= 0.9 * best.score).slice(0, 3);
}

function excerptsFor(query: string, hits: PassageHit[]): { hit: PassageHit; excerpt: Excerpt }[] {
  const units = hits.map((hit) => unitsOf(hit.text));
  const corpus = indexPassages(hits.flatMap((hit, index) => (units[index] ?? []).map(asPassage(hit))));
  const question = readQuestion(query, corpus, hits[0]?.language ?? "en");
  const importance = new Map(
    [...question.terms].map(([term, weight]) => [term, weight * rarity(corpus, term)]),
  );
  const asksForNumber = ["#duration", "#price", "#when", "#limit"].some((term) => question.terms.has(term));
  const excerpts = hits.map((hit, index) => {
    const scored = (units[index] ?? []).map((unit) => {
      const counts = indexPassages([asPassage(hit)(unit, 0)]).articles[0]?.counts;
      let score = 0;
      for (const [term, weight] of importance) if (counts?.terms.has(term)) score += weight;
      if (asksForNumber && score > 0 && /\d/.test(unit.text)) score *= 1.25;
      return { ...unit, score };
    });
    return { hit, excerpt: bestExcerpt(scored, mostText) };
  });
  const [first, ...others] = excerpts.filter(({ excerpt }) => excerpt.text !== "");
  if (first === undefined) return [];
  return [first, ...others.sort((a, b) => b.excerpt.score - a.excerpt.score)];
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
