import { type Entry, type Hours, type Span, spanOf } from "./entry.ts";

/** An answer that somebody waited for; `at` is when the wait began. */
export type Response = Span & {
  seq: number;
  at: Date;
  author: "agent" | "operator";
  operatorId: string | undefined;
  /** The first of its author in this conversation. */
  first: boolean;
};

/**
 * The answers of a conversation. A customer waits from their first unanswered words on; a person's first answer counts from
 * the moment a person was asked for, where one was.
 */
export function responsesOf(entries: readonly Entry[], hours: Hours): Response[] {
  const found: Response[] = [];
  let waitingSince: Date | undefined;
  let askedSince: Date | undefined;
  for (const entry of entries) {
    if (entry.kind === "moved") {
      if (entry.move === "escalate") askedSince ??= entry.at;
      continue;
    }
    const { author, at, seq, operatorId } = entry;
    if (author === "customer") {
      if (!entry.thanks) waitingSince ??= at;
      continue;
    }
    const first = !found.some((response) => response.author === author);
    const since = author === "operator" && first ? (askedSince ?? waitingSince) : waitingSince;
    waitingSince = undefined;
    if (since === undefined) continue;
    found.push({ seq, at: since, author, operatorId, first, ...spanOf(since, at, hours) });
  }
  return found;
}
