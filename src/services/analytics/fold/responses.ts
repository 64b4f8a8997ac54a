import type { State } from "#contracts/conversation";
import { type Entry, type Hours, type Moved, type Said, type Span, spanOf } from "./entry.ts";

/** An answer, whoever gave it; `at` is when the wait for it began. */
export type FirstAnswer = Span & {
  seq: number;
  at: Date;
  author: "agent" | "operator";
  operatorId: string | undefined;
};

/** An answer that somebody waited for. */
export type Response = FirstAnswer & {
  /** The first of its author in this conversation. */
  first: boolean;
};

/**
 * The answers of a conversation. A customer waits from their first unanswered words on, or the first after it was closed; a
 * person's first answer counts from the moment a person was asked for, where one still is. Nobody waits on the phone.
 */
export function responsesOf(entries: readonly Entry[], hours: Hours): Response[] {
  const found: Response[] = [];
  let waitingSince: Date | undefined;
  let askedSince: Date | undefined;
  let wasClosed = false;
  for (const entry of entries.filter(isWritten)) {
    if (entry.kind === "moved") {
      if (entry.move === "escalate") askedSince ??= entry.at;
      if (!withPeople.includes(entry.state)) askedSince = undefined;
      wasClosed ||= closed.includes(entry.state);
      continue;
    }
    if (entry.author === "customer") {
      if (entry.thanks) continue;
      if (wasClosed || waitingSince === undefined) waitingSince = entry.at;
      wasClosed = false;
      continue;
    }
    const { author } = entry;
    const first = !found.some((response) => response.author === author);
    const since = author === "operator" && first ? (askedSince ?? waitingSince) : waitingSince;
    waitingSince = undefined;
    if (since !== undefined) found.push({ ...answerOf({ ...entry, author }, since, hours), first });
  }
  return found;
}

/** The first answer to the customer's first written words, by whomever and however late. */
export function firstAnswerOf(entries: readonly Entry[], hours: Hours): FirstAnswer | undefined {
  let since: Date | undefined;
  for (const entry of entries.filter(isWritten)) {
    if (entry.kind === "moved") continue;
    const { author } = entry;
    if (author !== "customer" && since !== undefined) return answerOf({ ...entry, author }, since, hours);
    if (author === "customer" && !entry.thanks) since ??= entry.at;
  }
  return undefined;
}

const withPeople: readonly State[] = ["WAITING_HUMAN", "WITH_HUMAN"];
const closed: readonly State[] = ["RESOLVED", "ABANDONED"];

function isWritten(entry: Entry): entry is Moved | (Said & { spoken: false }) {
  return entry.kind === "moved" || !entry.spoken;
}

function answerOf(
  { seq, at, author, operatorId }: Said & Pick<FirstAnswer, "author">,
  since: Date,
  hours: Hours,
): FirstAnswer {
  return { seq, at: since, author, operatorId, ...spanOf(since, at, hours) };
}
