import type { EscalationRule, Signals } from "#contracts/escalation";
import { keywordIn } from "./fold.ts";

/** What one rule found in a turn, whether or not it is switched on. */
export type Finding = {
  state: "met" | "missed" | "unmeasured";
  input: string;
  sentence: string;
  threshold?: number | string;
  value?: number | string | boolean;
  missedBy?: number;
};

/** The score from which a message counts as asking for a person. */
export const ASKS_FROM = 0.5;

/** Holds one rule against one turn. */
export function look(rule: EscalationRule, text: string, signals: Signals): Finding {
  switch (rule.trigger) {
    case "keyword":
      return lookForKeyword(rule.keywords, text);
    case "explicit_request":
      return lookForRequest(rule.phrases, text, signals);
    case "sentiment":
      return lookAtRun({
        what: "sentiment",
        now: signals.sentiment,
        earlier: signals.earlierSentiments,
        threshold: rule.threshold,
        consecutive: rule.consecutive,
        reaches: (value) => value <= rule.threshold,
        limit: `at or below ${shown(rule.threshold)}`,
      });
    case "confidence":
      return lookAtRun({
        what: "confidence",
        now: signals.confidence,
        earlier: signals.earlierConfidences,
        threshold: rule.threshold,
        consecutive: rule.consecutive,
        reaches: (value) => value < rule.threshold,
        limit: `below ${shown(rule.threshold)}`,
      });
    case "conversation_length":
      return lookAtLength(rule.maxMessages, signals.messages);
    case "agent_tool":
      return lookAtTool(signals);
    case "ai_failure":
      return lookAtFailure(signals);
    case "manual":
      return lookAtButton(signals);
  }
}

function lookForKeyword(keywords: string[], text: string): Finding {
  const hit = keywordIn(text, keywords);
  const threshold = keywords.join(", ");
  if (hit === undefined) {
    const sentence = `None of ${count(keywords.length, "keyword")} stands in the message.`;
    return { state: "missed", input: "message", threshold, value: false, sentence };
  }
  return {
    state: "met",
    input: "message",
    threshold,
    value: hit,
    sentence: `The message has the keyword “${hit}”.`,
  };
}

function lookForRequest(phrases: string[], text: string, signals: Signals): Finding {
  const input = "explicit request";
  const phrase = keywordIn(text, phrases);
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
    sentence: `The customer does not ask for a person (${explicit.why}).`,
  };
}

type Run = {
  what: string;
  now: number | undefined;
  earlier: number[];
  threshold: number;
  consecutive: number;
  reaches: (value: number) => boolean;
  limit: string;
};

function lookAtRun({ what, now, earlier, threshold, consecutive, reaches, limit }: Run): Finding {
  if (now === undefined) return unmeasured(what, threshold);
  const all = [...earlier, now];
  const measured = { input: what, threshold, value: now };
  const run = all.length - 1 - all.findLastIndex((value) => !reaches(value));
  const said = `${capital(what)} is ${shown(now)}`;

  if (run >= consecutive) {
    const often = consecutive === 1 ? "" : ` ${consecutive} times in a row`;
    return { ...measured, state: "met", sentence: `${said}: ${limit}${often}.` };
  }
  if (run > 0) {
    const sentence = `${said}: ${limit} ${run} of ${consecutive} times in a row.`;
    const before = all.at(-1 - run);
    const missedBy = before === undefined ? undefined : round(Math.abs(before - threshold));
    return { ...measured, state: "missed", sentence, ...(missedBy === undefined ? {} : { missedBy }) };
  }
  const missedBy = round(Math.abs(now - threshold));
  const sentence = `${said}: not ${limit}, missed by ${shown(missedBy)}.`;
  return { ...measured, state: "missed", missedBy, sentence };
}

function lookAtLength(maxMessages: number, messages: number): Finding {
  const measured = { input: "messages", threshold: maxMessages, value: messages };
  if (messages > maxMessages) {
    const sentence = `The conversation has ${messages} messages, more than ${maxMessages}.`;
    return { ...measured, state: "met", sentence };
  }
  const missedBy = maxMessages + 1 - messages;
  const sentence = `The conversation has ${count(messages, "message")}; ${missedBy} more would be too long.`;
  return { ...measured, state: "missed", missedBy, sentence };
}

function lookAtTool({ agentTool }: Signals): Finding {
  const input = "agent’s own decision";
  if (!agentTool) return unmeasured(input);
  if (!agentTool.called) {
    return { state: "missed", input, value: false, sentence: "The agent did not ask for a person." };
  }
  const reason = agentTool.reason ? `: ${agentTool.reason.replace(/\.$/, "")}` : "";
  return { state: "met", input, value: true, sentence: `The agent asked for a person${reason}.` };
}

function lookAtFailure({ aiFailure }: Signals): Finding {
  const input = "agent’s health";
  if (!aiFailure) return unmeasured(input);
  if (!aiFailure.failed) return { state: "missed", input, value: false, sentence: "The agent answered." };
  const kind = aiFailure.kind ? ` (${aiFailure.kind})` : "";
  return { state: "met", input, value: true, sentence: `The agent could not answer${kind}.` };
}

function lookAtButton({ manual }: Signals): Finding {
  const input = "button";
  if (!manual) return { state: "missed", input, value: false, sentence: "Nobody pressed for a person." };
  const who = manual.by === "customer" ? "customer" : "operator";
  return { state: "met", input, value: true, sentence: `The ${who} pressed for a person.` };
}

function unmeasured(input: string, threshold?: number): Finding {
  const finding: Finding = { state: "unmeasured", input, sentence: "Not measured yet in this turn." };
  return threshold === undefined ? finding : { ...finding, threshold };
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}

function shown(value: number): string {
  return round(value).toString().replace("-", "−");
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
