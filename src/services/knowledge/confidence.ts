import type { PassageHit } from "#contracts/knowledge";

export type RetrievalConfidence = {
  /** 0 nothing fits … 1 the articles answer exactly this. */
  value: number;
  parts: { coverage: number; margin: number; support: number; substance: number };
};

/**
 * How far the found passages can be trusted to answer. Defined as
 *
 *   value = substance × coverage^1.5 × (0.6 + 0.25 × support + 0.15 × margin)
 *
 * - coverage: the share of the question that the best article speaks to, each word weighed by its rarity in the
 *   company's articles (a word no article knows weighs most; one said in other words counts 0.85);
 * - support: whether one passage by itself carries the matches, or they lie scattered over the article;
 * - margin: how far the best article is ahead of the second;
 * - substance: 0 for a greeting, 1 from about one telling word on.
 *
 * No hits, no words or no coverage make 0. Off-topic questions fail at coverage, greetings at substance.
 */
export function retrievalConfidence(query: string, hits: PassageHit[]): RetrievalConfidence {
  const best = hits[0];
  if (best === undefined || query.trim() === "") return none;
  const second = hits.find((hit) => hit.articleId !== best.articleId);
  const coverage = best.parts.coverage;
  const margin = second === undefined ? 1 : bounded((best.score - second.score) / best.score / 0.5);
  const matched = best.parts.words + best.parts.concepts;
  const support = matched === 0 ? 0 : bounded(best.parts.passage / matched);
  const substance = bounded((best.parts.asked - 0.2) / 0.8);
  const value = substance * coverage ** 1.5 * (0.6 + 0.25 * support + 0.15 * margin);
  return { value: bounded(value), parts: { coverage, margin, support, substance } };
}

const none: RetrievalConfidence = { value: 0, parts: { coverage: 0, margin: 0, support: 0, substance: 0 } };

function bounded(value: number): number {
  return Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0));
}
