import type { Condition, Fact } from "#contracts/conditions";
import type { EscalationRule, Trigger } from "#contracts/escalation";
import { triggerNames } from "#contracts/rule-words";

/** The triggers of which a company may want several rules; the others exist once. */
export const addable = [
  "keyword",
  "sentiment",
  "confidence",
  "explicit_request",
  "conversation_length",
  "circles",
] as const satisfies Trigger[];

type Addable = (typeof addable)[number];

/** A new rule with sensible limits, last in line and offering a person. */
export function newRule(trigger: Addable, id: string, last: number): EscalationRule {
  const shared = {
    id,
    name: triggerNames[trigger],
    enabled: true,
    priority: Math.min(1000, last + 10),
    action: "offer" as const,
  };
  switch (trigger) {
    case "keyword":
      return { ...shared, trigger, keywords: ["refund"] };
    case "sentiment":
      return { ...shared, trigger, threshold: -0.5, consecutive: 2 };
    case "confidence":
      return { ...shared, trigger, threshold: 0.35, consecutive: 2 };
    case "explicit_request":
      return { ...shared, trigger, phrases: [] };
    case "conversation_length":
      return { ...shared, trigger, maxMessages: 20 };
    case "circles":
      return { ...shared, trigger, times: 3 };
  }
}

/** What a fact begins as when it is chosen. */
export function newFact(on: Fact["on"]): Fact {
  switch (on) {
    case "channel":
      return { on, is: "one_of", values: ["web"] };
    case "language":
      return { on, is: "one_of", values: ["en"] };
    case "topic":
      return { on, is: "one_of", values: ["General"] };
    case "office_hours":
      return { on, is: "open" };
    case "attribute":
      return { on, name: "plan", is: "equal", value: "premium" };
    case "sentiment":
      return { on, atMost: -0.4, consecutive: 2 };
    case "confidence":
      return { on, below: 0.5, consecutive: 1 };
    case "messages":
      return { on, moreThan: 10 };
    case "circles":
      return { on, times: 3 };
    case "keyword":
      return { on, keywords: ["urgent"] };
    case "explicit_request":
      return { on };
  }
}

/** Rules in the order in which they are looked at. */
export function inOrder(rules: EscalationRule[]): EscalationRule[] {
  return rules.toSorted((one, other) => one.priority - other.priority);
}

/** The rules with one moved a place up (−1) or down (1), numbered anew so that no two share a place. */
export function moved(rules: EscalationRule[], index: number, by: -1 | 1): EscalationRule[] {
  const list = [...rules];
  const [rule] = list.splice(index, 1);
  if (rule === undefined) return rules;
  list.splice(index + by, 0, rule);
  return list.map((each, at) => ({ ...each, priority: (at + 1) * 10 }));
}

/** A condition as a list of groups that one page can show: the outer word, and its parts. */
export function partsOf(condition: Condition | undefined): { on: "all" | "any"; of: Part[] } {
  if (condition === undefined) return { on: "all", of: [] };
  return condition.on === "all" || condition.on === "any" ? condition : { on: "all", of: [condition] };
}

export type Part = Extract<Condition, { on: "all" | "any" }>["of"][number];

/** The condition that parts make: none where there are none, and a lone fact by itself. */
export function conditionOf(on: "all" | "any", of: Part[]): Condition | undefined {
  const [only] = of;
  if (only === undefined) return undefined;
  return of.length === 1 && only.on !== "all" && only.on !== "any" ? only : { on, of };
}
