import type { EscalationRule, Signals } from "#contracts/escalation";
import { shownNumber as shown } from "#contracts/rule-words";
import type { SearchedText } from "./keywords.ts";
import { lookAtRun } from "./look-at-run.ts";

/** What one rule, or one fact of its condition, found in a turn. */
export type Finding = {
  state: "met" | "missed" | "unmeasured";
  input: string;
  sentence: string;
  threshold?: number | string | boolean;
  value?: number | string | boolean;
  missedBy?: number;
  /** How near it came, from 0 to 1. */
  closeness?: number;
  /** What it found beside what it takes, for the sentence that names the nearest rule. */
  nearly?: string;
};

/** The score from which a message counts as asking for a person. */
export const ASKS_FROM = 0.5;

/** Holds one rule's trigger against one turn. */
export function look(rule: EscalationRule, text: SearchedText, signals: Signals): Finding {
  switch (rule.trigger) {
    case "keyword":
      return lookForKeyword(rule.keywords, text);
    case "explicit_request":
      return lookForRequest(rule.phrases, text, signals);
    case "sentiment":
      return lookAtSentiment(rule, signals);
    case "confidence":
      return lookAtConfidence(rule, signals);
    case "conversation_length":
      return lookAtLength(rule.maxMessages, signals.messages);
    case "circles":
      return lookAtCircles(rule.times, signals.sameQuestion);
    case "agent_tool":
      return lookAtTool(signals);
    case "ai_failure":
      return lookAtFailure(signals);
    case "manual":
      return lookAtButton(signals);
  }
}

/** Looks for the first of some keywords in the customer's words. */
export function lookForKeyword(keywords: readonly string[], text: SearchedText): Finding {
  const hit = text.first(keywords);
  const measured = { input: "message", threshold: keywords.join(", ") };
  if (hit === undefined) {
    const sentence = `None of ${count(keywords.length, "keyword")} stands in the message.`;
    return { ...measured, state: "missed", value: false, closeness: 0, sentence };
  }
  return { ...measured, state: "met", value: hit, sentence: `The message has the keyword “${hit}”.` };
}

/** Looks whether the customer asks for a person, in words of their own or in one of the company's phrases. */
export function lookForRequest(phrases: readonly string[], text: SearchedText, signals: Signals): Finding {
  const input = "explicit request";
  const phrase = text.first(phrases);
  if (phrase !== undefined) {
    const sentence = `The message has the phrase “${phrase}”.`;
    return { state: "met", input, threshold: ASKS_FROM, value: 1, sentence };
  }
  const { explicit } = signals;
  if (!explicit) return unmeasured(input, ASKS_FROM);
  const measured = { input, threshold: ASKS_FROM, value: explicit.score };
  if (explicit.asks) {
    return { ...measured, state: "met", sentence: `The customer asks for a person (${explicit.why}).` };
  }
  return {
    ...measured,
    state: "missed",
    missedBy: round(Math.max(0, ASKS_FROM - explicit.score)),
    closeness: Math.min(0.99, explicit.score / ASKS_FROM),
    nearly: `${shown(explicit.score)} where it takes ${shown(ASKS_FROM)}`,
    sentence: `The customer does not ask for a person (${explicit.why}).`,
  };
}

/** Looks at how the customer's last messages sound. */
export function lookAtSentiment(
  { threshold, consecutive }: { threshold: number; consecutive: number },
  { sentiment, earlierSentiments }: Signals,
): Finding {
  if (sentiment === undefined) return unmeasured("sentiment", threshold);
  return lookAtRun({
    what: "sentiment",
    now: sentiment,
    earlier: earlierSentiments,
    threshold,
    consecutive,
    reaches: (value) => value <= threshold,
    limit: `at or below ${shown(threshold)}`,
    // From here on a mood says nothing of the kind that the threshold asks for.
    far: threshold < 0 ? 0 : 1,
  });
}

/** Looks at how sure the agent's last answers were. */
export function lookAtConfidence(
  { threshold, consecutive }: { threshold: number; consecutive: number },
  { confidence, earlierConfidences }: Signals,
): Finding {
  if (confidence === undefined) return unmeasured("confidence", threshold);
  return lookAtRun({
    what: "confidence",
    now: confidence,
    earlier: earlierConfidences,
    threshold,
    consecutive,
    reaches: (value) => value < threshold,
    limit: `below ${shown(threshold)}`,
    far: 1,
  });
}

/** Looks at how long the conversation is. */
export function lookAtLength(maxMessages: number, messages: number): Finding {
  const measured = { input: "messages", threshold: maxMessages, value: messages };
  if (messages > maxMessages) {
    const sentence = `The conversation has ${messages} messages, more than ${maxMessages}.`;
    return { ...measured, state: "met", sentence };
  }
  const missedBy = maxMessages + 1 - messages;
  return {
    ...measured,
    state: "missed",
    missedBy,
    closeness: messages / (maxMessages + 1),
    nearly: `${count(messages, "message")} where it takes ${maxMessages + 1}`,
    sentence: `The conversation has ${count(messages, "message")}; ${missedBy} more would be too long.`,
  };
}

/** Looks at how often the customer has asked the same question. */
export function lookAtCircles(times: number, asked: number | undefined): Finding {
  const input = "same question";
  if (asked === undefined) return unmeasured(input, times);
  const measured = { input, threshold: times, value: asked };
  if (asked >= times) {
    return { ...measured, state: "met", sentence: `The customer asked the same question ${asked} times.` };
  }
  return {
    ...measured,
    state: "missed",
    missedBy: times - asked,
    closeness: Math.max(0, asked - 1) / (times - 1),
    nearly: `asked ${count(asked, "time")} where it takes ${times}`,
    sentence: `The customer asked this question ${count(asked, "time")}; ${times} would be going in circles.`,
  };
}

function lookAtTool({ agentTool }: Signals): Finding {
  const input = "agent’s own decision";
  if (!agentTool) return unmeasured(input);
  if (!agentTool.called) {
    const sentence = "The agent did not ask for a person.";
    return { state: "missed", input, value: false, closeness: 0, sentence };
  }
  const reason = agentTool.reason ? `: ${agentTool.reason.replace(/\.$/, "")}` : "";
  return { state: "met", input, value: true, sentence: `The agent asked for a person${reason}.` };
}

function lookAtFailure({ aiFailure }: Signals): Finding {
  const input = "agent’s health";
  if (!aiFailure) return unmeasured(input);
  if (!aiFailure.failed) {
    return { state: "missed", input, value: false, closeness: 0, sentence: "The agent answered." };
  }
  const kind = aiFailure.kind ? ` (${aiFailure.kind})` : "";
  return { state: "met", input, value: true, sentence: `The agent could not answer${kind}.` };
}

function lookAtButton({ manual }: Signals): Finding {
  const input = "button";
  if (!manual) {
    return { state: "missed", input, value: false, closeness: 0, sentence: "Nobody pressed for a person." };
  }
  const who = manual.by === "customer" ? "customer" : "operator";
  return { state: "met", input, value: true, sentence: `The ${who} pressed for a person.` };
}

/** What is said of a measure that this phase of the turn does not have. */
export function unmeasured(input: string, threshold?: number | string): Finding {
  const finding: Finding = { state: "unmeasured", input, sentence: "Not measured yet in this turn." };
  return threshold === undefined ? finding : { ...finding, threshold };
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
