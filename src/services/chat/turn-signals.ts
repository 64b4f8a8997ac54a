import type { Signals, Verdict } from "#contracts/escalation";
import type { AnswerResult } from "#services/ai";
import { detect } from "#services/escalation";
import { settledVerdict } from "./handed-back.ts";
import type { Basis } from "./turn-basis.ts";

/** A basis for a turn that a model answers: how the customer sounds is for the model to say, so nobody says it before. */
export function beforeModel({ ruleSet, question, signals, settled }: Basis): {
  signals: Signals;
  verdict: Verdict;
} {
  const { sentiment: _, sentimentSource: __, ...unread } = signals;
  const found = detect(ruleSet.rules, { text: question, signals: unread });
  return { signals: unread, verdict: settled ? settledVerdict(found) : found };
}

/** What an answer adds to a turn's signals; where no model said how the customer sounds, the lexicon's word stands. */
export function afterAnswer(before: Signals, lexicon: Signals, answer: AnswerResult): Signals {
  const failed = answer.outcome === "failed" && answer.failure?.recovered !== true;
  // Small talk rests on nothing, and neither does a question back.
  const unfounded = answer.kind === "small_talk" || answer.kind === "asking";
  return {
    ...before,
    ...moodOf(lexicon, answer),
    confidence: unfounded ? undefined : answer.confidence.value,
    agentTool: { called: answer.escalate !== undefined, reason: answer.escalate?.reason.slice(0, 500) },
    aiFailure: { failed, kind: answer.failure?.kind },
    ...(answer.returns !== undefined && before.handBack === undefined && { handBack: "outside" }),
  };
}

function moodOf(
  { sentiment, sentimentSource }: Signals,
  answer: AnswerResult,
): Pick<Signals, "sentiment" | "sentimentSource"> {
  if (answer.sentiment === undefined) return { sentiment, sentimentSource };
  return { sentiment: answer.sentiment, sentimentSource: "model" };
}
