import type { Condition, Fact } from "#contracts/conditions";
import type { EscalationRule } from "#contracts/escalation";
import { describeFact } from "#contracts/rule-words";
import type { RuleWarning } from "#contracts/rules";

/** What looks wrong in a list of rules without being impossible: contradictions, twins, and rules that can never decide. */
export function warningsOf(rules: readonly EscalationRule[], teams: ReadonlySet<string>): RuleWarning[] {
  const enabled = rules.filter((rule) => rule.enabled).toSorted((a, b) => a.priority - b.priority);
  return [
    ...enabled.flatMap((rule) => neverFires(rule) ?? []),
    ...enabled.flatMap((rule, at) => enabled.slice(at + 1).flatMap((other) => pair(rule, other) ?? [])),
    ...rules.flatMap((rule) => unknownTeam(rule, teams) ?? []),
  ];
}

function neverFires(rule: EscalationRule): RuleWarning | undefined {
  const why = impossible(rule);
  if (why === undefined) return undefined;
  return {
    kind: "never_fires",
    ruleIds: [rule.id],
    sentence: `“${rule.name}” can never fire: ${why}.`,
  };
}

function impossible(rule: EscalationRule): string | undefined {
  if (rule.trigger === "confidence" && rule.threshold === 0) return "no answer is less than 0% sure";
  if (rule.when === undefined) return undefined;
  const needed = neededFacts(rule.when);
  const unsure = needed.find((fact) => fact.on === "confidence");
  if (unsure !== undefined && rule.trigger === "manual") return "the button is pressed before an answer";
  if (unsure?.below === 0) return "no answer is less than 0% sure";
  for (const [at, one] of needed.entries()) {
    const other = needed.slice(at + 1).find((each) => exclude(one, each));
    if (other !== undefined) return `${describeFact(one)} and ${describeFact(other)} cannot both be`;
  }
  return undefined;
}

// The facts that must hold whatever else does.
function neededFacts(when: Condition): Fact[] {
  if (when.on === "any") return when.of.length === 1 ? when.of.flatMap(neededFacts) : [];
  return when.on === "all" ? when.of.flatMap(neededFacts) : [when];
}

function exclude(one: Fact, other: Fact): boolean {
  switch (one.on) {
    case "office_hours":
      return other.on === one.on && one.is !== other.is;
    case "channel":
    case "language":
    case "topic":
      return other.on === one.on && disjoint(one, other);
    case "attribute":
      return (
        other.on === one.on &&
        one.name === other.name &&
        one.is === "equal" &&
        other.is === "equal" &&
        one.value !== other.value
      );
    default:
      return false;
  }
}

type Member = Extract<Fact, { on: "channel" | "language" | "topic" }>;

function disjoint(one: Member, other: Member): boolean {
  const [mine, theirs]: (readonly string[])[] = [one.values, other.values];
  if (mine === undefined || theirs === undefined) return false;
  if (one.is === "one_of" && other.is === "one_of") return !mine.some((value) => theirs.includes(value));
  if (one.is === "one_of") return mine.every((value) => theirs.includes(value));
  return other.is === "one_of" && theirs.every((value) => mine.includes(value));
}

/** Two rules of which the first is looked at first. */
function pair(first: EscalationRule, second: EscalationRule): RuleWarning | undefined {
  const [wide, narrow] = [covers(first, second), covers(second, first)];
  const ruleIds = [first.id, second.id];
  if (wide && narrow) {
    if (first.action === second.action) {
      const sentence = `“${first.name}” and “${second.name}” are the same rule twice.`;
      return { kind: "duplicate", ruleIds, sentence };
    }
    const sentence = `“${first.name}” and “${second.name}” watch for the same, but one offers a person and the other calls one: calling always wins.`;
    return { kind: "contradiction", ruleIds, sentence };
  }
  if (wide && (first.action === second.action || first.action === "escalate")) return shadow(first, second);
  if (narrow && first.action === "offer" && second.action === "escalate") return shadow(second, first);
  return undefined;
}

function shadow(over: EscalationRule, under: EscalationRule): RuleWarning {
  return {
    kind: "shadowed",
    ruleIds: [under.id, over.id],
    sentence: `“${under.name}” never decides: whenever it fires, “${over.name}” fires too and goes before it.`,
  };
}

// Whether one rule fires wherever the other does.
function covers(wide: EscalationRule, narrow: EscalationRule): boolean {
  if (wide.when !== undefined && JSON.stringify(wide.when) !== JSON.stringify(narrow.when)) return false;
  switch (wide.trigger) {
    case "keyword":
      return narrow.trigger === wide.trigger && holdsAll(wide.keywords, narrow.keywords);
    case "explicit_request":
      return narrow.trigger === wide.trigger && holdsAll(wide.phrases, narrow.phrases);
    case "sentiment":
    case "confidence":
      return (
        narrow.trigger === wide.trigger &&
        wide.threshold >= narrow.threshold &&
        wide.consecutive <= narrow.consecutive
      );
    case "conversation_length":
      return narrow.trigger === wide.trigger && wide.maxMessages <= narrow.maxMessages;
    case "circles":
      return narrow.trigger === wide.trigger && wide.times <= narrow.times;
    default:
      return narrow.trigger === wide.trigger;
  }
}

function holdsAll(words: readonly string[], others: readonly string[]): boolean {
  const held = new Set(words.map((word) => word.toLowerCase()));
  return others.every((word) => held.has(word.toLowerCase()));
}

function unknownTeam(rule: EscalationRule, teams: ReadonlySet<string>): RuleWarning | undefined {
  const teamId = rule.route?.teamId;
  if (teamId === undefined || teams.has(teamId)) return undefined;
  const sentence = `“${rule.name}” sends to a team that is gone: its conversations go to everyone.`;
  return { kind: "unknown_team", ruleIds: [rule.id], sentence };
}
