import type { Signals } from "#contracts/escalation";
import { explicitRequest } from "./explicit-request.ts";
import { timesAsked } from "./repetition.ts";
import { sentiment } from "./sentiment.ts";

/** What was said and measured in a conversation before this message, oldest first. */
export type History = {
  customerTexts: readonly string[];
  messages: number;
  sentiments: readonly number[];
  confidences: readonly number[];
  alreadyOffered: boolean;
};

/** What is known of a turn besides its words: where it stands in the log, from where it comes, and from whom. */
export type TurnFacts = Pick<
  Signals,
  "since" | "channel" | "language" | "topic" | "officeHours" | "attributes" | "handBack"
>;

/** The measures of a customer's message that need no model: request, sentiment, length, repetition. */
export function readSignals(text: string, history: History, facts: TurnFacts = {}): Signals {
  return {
    ...facts,
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
