import type { CaseResult } from "#contracts/copilot";
import type { AnswerResult } from "#services/ai";
import { isStopWord, wordsOf } from "#services/knowledge";

/** What a test case wants of an answer. */
export type Wanted = { answer: string; points: readonly string[]; articleId: string | undefined };

/** From this share of what it should say on, an answer passes. */
const saysEnough = 0.6;
/** How much less an answer may say than before without it counting. */
const slack = 0.2;

/**
 * Measures an answer: how much of the expected points it says, whether it comes from the wanted article, how sure it is.
 * A point's share is that of its telling words; one whose numbers are not all there is not said.
 */
export function scoreAnswer(
  wanted: Wanted,
  given: Pick<AnswerResult, "text" | "sources" | "confidence" | "outcome">,
  language: string,
): Omit<CaseResult, "caseId"> {
  const said = new Set(wordsOf(given.text, language).map(({ stem }) => stem));
  const points = pointsOf(wanted).map((point) => shareSaid(point, said, language));
  const overlap = points.length === 0 ? 0 : points.reduce((sum, share) => sum + share, 0) / points.length;
  const article =
    wanted.articleId === undefined
      ? undefined
      : given.sources.some(({ articleId }) => articleId === wanted.articleId);
  return {
    passed: given.outcome === "complete" && overlap >= saysEnough && article !== false,
    overlap: Math.round(overlap * 1_000) / 1_000,
    ...(article === undefined ? {} : { article }),
    confidence: given.confidence.value,
    answer: given.text.slice(0, longestKept).toWellFormed(),
  };
}

/** Why a result is worse than the one before, as a sentence's end; `undefined` where it is not. */
export function regression(before: CaseResult, after: CaseResult): string | undefined {
  if (before.article === true && after.article === false) return "no longer comes from the wanted article";
  if (before.passed && !after.passed) return "no longer passes";
  if (after.overlap < before.overlap - slack) {
    return `says ${percent(after.overlap)} of what it should, ${percent(before.overlap)} before`;
  }
  return undefined;
}

/** A share as people read it. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

const longestKept = 600;

function pointsOf({ answer, points }: Wanted): string[] {
  if (points.length > 0) return [...points];
  return [...sentences.segment(answer)].flatMap(({ segment }) => segment.trim() || []);
}

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

function shareSaid(point: string, said: ReadonlySet<string>, language: string): number {
  const telling = wordsOf(point, language).filter(({ word }) => !isStopWord(word, language));
  // A greeting or a thank-you asks for nothing.
  if (telling.length === 0) return 1;
  const missing = telling.filter(({ stem }) => !said.has(stem));
  return missing.some(({ word }) => /\d/.test(word)) ? 0 : 1 - missing.length / telling.length;
}
