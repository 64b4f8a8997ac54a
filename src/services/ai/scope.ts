import { isStopWord, wordsOf } from "#services/knowledge";
import type { Found } from "./keyless-answer.ts";
import type { TurnRequest } from "./turn.ts";

/**
 * Why a question is outside of what a person handed back, as far as words can tell: it names none of the topics, and
 * neither does the article that answers it best. `undefined` where it is inside, or nothing was ruled out.
 */
export function outsideScope(
  { question, language, handedBack }: Pick<TurnRequest, "question" | "language" | "handedBack">,
  found: Pick<Found, "query" | "hits">,
): string | undefined {
  const topics = handedBack?.topics ?? [];
  if (topics.length === 0) return undefined;
  const [best] = found.hits;
  const spoken = stems(
    `${question} ${found.query} ${best?.articleTitle ?? ""} ${best?.section ?? ""}`,
    language,
  );
  const inside = topics.some((topic) => [...stems(topic, language)].some((stem) => spoken.has(stem)));
  return inside ? undefined : `“${shortened(question)}” is about none of ${topics.join(", ")}.`;
}

function stems(text: string, language: string): Set<string> {
  const telling = wordsOf(text, language).filter(({ word }) => !isStopWord(word, language));
  return new Set(telling.map(({ stem }) => stem));
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 120 ? line : `${line.slice(0, 119).trimEnd()}…`;
}
