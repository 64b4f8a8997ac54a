import type { Condition, Fact } from "./conditions.ts";
import type { EscalationRule, RuleRoute, RuleTrace, Trigger } from "./escalation.ts";
import { languageName } from "./language-name.ts";

/** What each trigger watches, as forms, the ledger and reports name it. */
export const triggerNames: Record<Trigger, string> = {
  keyword: "Keyword",
  sentiment: "Unhappy customer",
  confidence: "Unsure answers",
  explicit_request: "Asks for a person",
  conversation_length: "Long conversation",
  circles: "Going in circles",
  agent_tool: "The AI asks for help",
  ai_failure: "The AI cannot answer",
  manual: "By hand",
};

/** Names that a rule only has the ids of. */
export type Known = { teams?: ReadonlyMap<string, string> };

/** A rule as one sentence that a colleague would say. */
export function describeRule(rule: EscalationRule, known: Known = {}): string {
  const when = rule.when === undefined ? "" : `, and ${describeCondition(rule.when)}`;
  const sentence = `When ${describeTrigger(rule)}${when}, ${describeAction(rule, known)}.`;
  return rule.enabled ? sentence : `Off: ${lowerFirst(sentence)}`;
}

/** What a rule's trigger watches for, as a clause: “a message holds “refund””. */
export function describeTrigger(rule: EscalationRule): string {
  switch (rule.trigger) {
    case "keyword":
      return `a message holds ${anyOf(rule.keywords)}`;
    case "sentiment":
      return `${rule.consecutive} messages in a row have a mood of ${shownNumber(rule.threshold)} or lower`;
    case "confidence":
      return unsure(rule.consecutive, rule.threshold);
    case "explicit_request": {
      const own = rule.phrases.length === 0 ? "" : ` or says ${anyOf(rule.phrases)}`;
      return `a customer asks for a person, in any words${own}`;
    }
    case "conversation_length":
      return `a conversation has more than ${counted(rule.maxMessages, "message")}`;
    case "circles":
      return `a customer asks the same question ${rule.times} times`;
    case "agent_tool":
      return "the AI asks for a person";
    case "ai_failure":
      return "the AI cannot answer at all";
    case "manual":
      return "the customer presses the button";
  }
}

/** A condition as a clause that can follow “and”. */
export function describeCondition(condition: Condition): string {
  if (condition.on !== "all" && condition.on !== "any") return describeFact(condition);
  const clauses = condition.of.map((part) =>
    part.on === "all" || part.on === "any"
      ? bracketed(part.of.map(describeFact), part.on)
      : describeFact(part),
  );
  if (condition.on === "all") return clauses.join(" and ");
  return clauses.length === 1 ? clauses.join("") : `either ${clauses.join(" or ")}`;
}

/** One fact of a condition as a clause: “it comes over WhatsApp”. */
export function describeFact(fact: Fact): string {
  switch (fact.on) {
    case "channel":
      return member(fact, "it comes over", "it does not come over", (name) => channelNames[name] ?? name);
    case "language":
      return member(fact, "the language is", "the language is not", languageName);
    case "topic":
      return member(fact, "the topic is", "the topic is not", (name) => `“${name}”`);
    case "office_hours":
      return fact.is === "open" ? "the office is open" : "the office is closed";
    case "attribute":
      return `the customer’s ${fact.name} ${comparisons[fact.is]} ${shownValue(fact.value)}`;
    case "sentiment":
      return fact.consecutive === 1
        ? `the mood is ${shownNumber(fact.atMost)} or lower`
        : `the mood is ${shownNumber(fact.atMost)} or lower ${fact.consecutive} times in a row`;
    case "confidence":
      return unsure(fact.consecutive, fact.below);
    case "messages":
      return `there are more than ${counted(fact.moreThan, "message")}`;
    case "circles":
      return `the same question was asked ${fact.times} times`;
    case "keyword":
      return `the message holds ${anyOf(fact.keywords)}`;
    case "explicit_request":
      return "the customer asks for a person";
  }
}

/** What a rule does, as a clause: “offer the customer a person”. */
export function describeAction({ action, route }: EscalationRule, known: Known = {}): string {
  const where = route === undefined ? "" : describeRoute(route, known);
  if (action === "offer") return `offer the customer a person${where}`;
  return where === "" ? "put the conversation in the queue at once" : `call a person at once${where}`;
}

/** The order in which a trace is read: what decided, what fired besides, then what came nearest; what is off last. */
export function byNearness(one: RuleTrace, other: RuleTrace): number {
  return nearness(other) - nearness(one);
}

function nearness({ fired, decides, enabled, closeness }: RuleTrace): number {
  if (fired) return decides ? 3 : 2;
  return enabled ? (closeness ?? 0) : -1;
}

/** A number as people read it: a true minus, and no more than three decimals. */
export function shownNumber(value: number): string {
  return (Math.round(value * 1000) / 1000).toString().replace("-", "−");
}

const channelNames: Record<string, string> = {
  web: "the web chat",
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  slack: "Slack",
  teams: "Teams",
  messenger: "Messenger",
  sms: "SMS",
  custom: "a custom channel",
};

const comparisons: Record<Extract<Fact, { on: "attribute" }>["is"], string> = {
  equal: "is",
  not_equal: "is not",
  contains: "contains",
  above: "is above",
  below: "is below",
};

function describeRoute({ teamId, skills }: RuleRoute, { teams }: Known): string {
  const team = teamId === undefined ? "" : ` in ${teams?.get(teamId) ?? "its team"}`;
  if (skills.length === 0) return team;
  const needed = skills.map(({ name, level }) =>
    level === undefined ? name : `${name} from level ${level}`,
  );
  return `${team} who knows ${listed(needed, "and")}`;
}

function member(
  { is, values }: { is: "one_of" | "none_of"; values: readonly string[] },
  among: string,
  outside: string,
  nameOf: (value: string) => string,
): string {
  return `${is === "one_of" ? among : outside} ${listed(values.map(nameOf), "or")}`;
}

function unsure(consecutive: number, threshold: number): string {
  const sure = `less than ${Math.round(threshold * 100)}% sure`;
  return consecutive === 1 ? `an answer is ${sure}` : `${consecutive} answers in a row are ${sure}`;
}

function bracketed(clauses: string[], join: "all" | "any"): string {
  if (clauses.length === 1) return clauses.join("");
  return join === "all" ? `both ${listed(clauses, "and")}` : `either ${listed(clauses, "or")}`;
}

function anyOf(words: readonly string[]): string {
  const shown = words.slice(0, 3).map((word) => `“${word}”`);
  const rest = words.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} or one of ${rest} more` : listed(shown, "or");
}

function listed(words: readonly string[], last: "and" | "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

function counted(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n.toLocaleString("en")} ${noun}s`;
}

function shownValue(value: string | number | boolean): string {
  if (typeof value === "string") return `“${value}”`;
  return typeof value === "number" ? shownNumber(value) : String(value);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
