import type { Signals } from "#contracts/escalation";
import { explicitRequest } from "./explicit-request.ts";
import { words } from "./fold.ts";
import { sentiment } from "./sentiment.ts";

/** What was said and measured in a conversation before this message, oldest first. */
export type History = {
  customerTexts: readonly string[];
  messages: number;
  sentiments: readonly number[];
  confidences: readonly number[];
  alreadyOffered: boolean;
};

/** The measures of a customer's message that need no model: request, sentiment, length, repetition. */
export function readSignals(text: string, history: History): Signals {
  return {
    messages: history.messages + 1,
    alreadyOffered: history.alreadyOffered,
    explicit: explicitRequest(text),
    sentiment: sentiment(text),
    sentimentSource: "lexicon",
    earlierSentiments: history.sentiments.slice(-9),
    earlierConfidences: history.confidences.slice(-9),
    sameQuestion: timesAsked(text, history.customerTexts),
  };
}

/** How often the customer asked the same question, this time included. */
export function timesAsked(text: string, earlier: readonly string[]): number {
  const asked = content(text);
  if (asked.size === 0) return 1;
  return 1 + earlier.slice(-30).filter((other) => alike(asked, content(other))).length;
}

const idle = new Set(
  `a an the i my me you your we is are was do does did can could would will it this that to of in on for with and or but so please hi hello hey
  what how when where why which have has had be been am at from just ok thanks tell again still asked ask already time times`.split(
    /\s+/,
  ),
);

function content(text: string): Set<string> {
  return new Set(
    words(text)
      .filter((word) => !idle.has(word))
      .map((word) => word.replace(/(?:ing|ed|s)$/, "")),
  );
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (b.size === 0) return false;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared) >= 0.6;
}
