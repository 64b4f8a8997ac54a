import type { Condition, Fact } from "#contracts/conditions";
import type { FactTrace, Signals } from "#contracts/escalation";
import { describeFact } from "#contracts/rule-words";
import type { SearchedText } from "./keywords.ts";
import {
  type Finding,
  lookAtCircles,
  lookAtConfidence,
  lookAtLength,
  lookAtSentiment,
  lookForKeyword,
  lookForRequest,
} from "./look.ts";

/** What a rule's condition found in a turn: whether it holds, how near it came, and each fact of it. */
export type Circumstances = { met: boolean; closeness: number; facts: FactTrace[] };

/** Holds a rule's condition against a turn; what was not measured does not hold. */
export function lookAtCondition(when: Condition, text: SearchedText, signals: Signals): Circumstances {
  if (when.on !== "all" && when.on !== "any") {
    const found = lookAtFact(when, text, signals);
    return { met: found.state === "met", closeness: nearness(found), facts: [factTrace(found)] };
  }
  const parts = when.of.map((part) => lookAtCondition(part, text, signals));
  const facts = parts.flatMap((part) => part.facts);
  const near = parts.map((part) => part.closeness);
  if (when.on === "any") {
    return { met: parts.some((part) => part.met), closeness: Math.max(...near), facts };
  }
  const closeness = near.reduce((sum, value) => sum + value, 0) / near.length;
  return { met: parts.every((part) => part.met), closeness, facts };
}

function lookAtFact(fact: Fact, text: SearchedText, signals: Signals): Finding {
  switch (fact.on) {
    case "channel":
      return among(fact, signals.channel, "channel");
    case "language":
      return among(fact, signals.language, "language");
    case "topic":
      return among(fact, signals.topic, "topic");
    case "office_hours":
      return told(fact, "office hours", signals.officeHours, fact.is, () => signals.officeHours === fact.is);
    case "attribute":
      return lookAtAttribute(fact, signals);
    case "sentiment":
      return lookAtSentiment({ threshold: fact.atMost, consecutive: fact.consecutive }, signals);
    case "confidence":
      return lookAtConfidence({ threshold: fact.below, consecutive: fact.consecutive }, signals);
    case "messages":
      return lookAtLength(fact.moreThan, signals.messages);
    case "circles":
      return lookAtCircles(fact.times, signals.sameQuestion);
    case "keyword":
      return lookForKeyword(fact.keywords, text);
    case "explicit_request":
      return lookForRequest([], text, signals);
  }
}

type Member = Extract<Fact, { on: "channel" | "language" | "topic" }>;

function among(fact: Member, value: string | undefined, input: string): Finding {
  const wanted = fact.is === "one_of";
  const values: readonly string[] = fact.values;
  const limit = wanted ? values.join(", ") : `none of ${values.join(", ")}`;
  return told(fact, input, value, limit, (given) => values.some((each) => same(each, given)) === wanted);
}

function lookAtAttribute(fact: Extract<Fact, { on: "attribute" }>, { attributes }: Signals): Finding {
  const input = `customer’s ${fact.name}`;
  const threshold = fact.value;
  if (attributes === undefined) return { state: "unmeasured", input, threshold, sentence: unknown };
  const value = Object.hasOwn(attributes, fact.name) ? attributes[fact.name] : undefined;
  // What is not known of a customer is not the value that a rule asks for.
  if (value === undefined) {
    const state = fact.is === "not_equal" ? "met" : "missed";
    return { state, input, threshold, sentence: `Nothing is known of the ${input}.` };
  }
  return told(fact, input, value, threshold, () => compares(fact, value));
}

function compares(
  { is, value: wanted }: Extract<Fact, { on: "attribute" }>,
  value: string | number | boolean,
): boolean {
  switch (is) {
    case "equal":
      return same(wanted, value);
    case "not_equal":
      return !same(wanted, value);
    case "contains":
      return plain(value).includes(plain(wanted));
    case "above":
      return Number(value) > Number(wanted);
    case "below":
      return Number(value) < Number(wanted);
  }
}

const unknown = "Not known on this turn.";

function told<Value extends string | number | boolean>(
  fact: Fact,
  input: string,
  value: Value | undefined,
  threshold: string | number | boolean,
  holds: (value: Value) => boolean,
): Finding {
  if (value === undefined) return { state: "unmeasured", input, threshold, sentence: unknown };
  const met = holds(value);
  const sentence = met
    ? `${capital(describeFact(fact))}.`
    : `Not so: ${describeFact(fact)}. It was ${value}.`;
  return { state: met ? "met" : "missed", input, threshold, value, sentence };
}

function nearness({ state, closeness = 0 }: Finding): number {
  return state === "met" ? 1 : closeness;
}

function factTrace({ state, input, threshold, value, sentence }: Finding): FactTrace {
  return {
    state,
    input,
    sentence,
    ...(threshold !== undefined && { threshold }),
    ...(value !== undefined && { value }),
  };
}

function same(one: string | number | boolean, other: string | number | boolean): boolean {
  return plain(one) === plain(other);
}

function plain(value: string | number | boolean): string {
  return String(value).trim().toLowerCase();
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
