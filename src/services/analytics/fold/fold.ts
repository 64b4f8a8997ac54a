import type { Entry, Hours } from "./entry.ts";
import { type Given, lastingFor, type Resolution, resolutionsOf } from "./resolutions.ts";
import { type FirstAnswer, firstAnswerOf, type Response, responsesOf } from "./responses.ts";
import { type Rule, type Wait, waitsOf } from "./waits.ts";

/** The log of a conversation as far as facts follow from it. */
export type Log = {
  entries: readonly Entry[];
  ratings: readonly Given[];
  ruleAt: (moment: Date) => Rule | undefined;
};

export type Facts = {
  /** The customer's first words; what they said on the phone is told after it was said. */
  at: Date;
  inHours: boolean;
  /** The first written answer to the customer's first written words, by whomever. */
  first: FirstAnswer | undefined;
  answers: number;
  replies: number;
  escalations: number;
  /** Whether a person of the company held it or wrote in it, and who did last. */
  person: boolean;
  operatorId: string | undefined;
  solved: "confirmed" | "assumed" | undefined;
  settlesAt: Date | undefined;
  responses: Response[];
  waits: Wait[];
  resolutions: Resolution[];
};

/**
 * What the reports count of one conversation. It follows from the log, the hours and the time alone, so that it can be made
 * again at any moment. Undefined while the customer has not written.
 */
export function factsOf(log: Log, hours: Hours, now: Date): Facts | undefined {
  const { entries } = log;
  const said = entries.filter((entry) => entry.kind === "said");
  const moved = entries.filter((entry) => entry.kind === "moved");
  const at = earliest(said.flatMap((words) => (words.author === "customer" ? [words.at] : [])));
  if (at === undefined) return undefined;
  const { resolutions, settlesAt } = resolutionsOf(entries, log.ratings, { hours, now });
  const operators = entries.flatMap(({ operatorId }) => operatorId ?? []);
  return {
    at,
    inHours: hours.isOpen(at),
    first: firstAnswerOf(entries, hours),
    answers: said.filter(({ author }) => author === "agent").length,
    replies: said.filter(({ author }) => author === "operator").length,
    escalations: moved.filter(({ move }) => move === "escalate").length,
    person:
      said.some(({ author }) => author === "operator") || moved.some(({ state }) => state === "WITH_HUMAN"),
    operatorId: operators.at(-1),
    solved: solvedOf(resolutions),
    settlesAt: earliest(
      [settlesAt, ...resolutions.map((each) => new Date(each.at.getTime() + lastingFor))].filter(
        (moment) => moment !== undefined && moment > now,
      ),
    ),
    responses: responsesOf(entries, hours),
    waits: waitsOf(entries, hours, log.ruleAt),
    resolutions,
  };
}

function solvedOf(resolutions: Resolution[]): Facts["solved"] {
  const last = resolutions.at(-1);
  if (last === undefined || last.reopenedAt !== undefined) return undefined;
  return last.how === "quiet" ? "assumed" : "confirmed";
}

function earliest(moments: (Date | undefined)[]): Date | undefined {
  return moments.toSorted((a, b) => Number(a) - Number(b))[0];
}
