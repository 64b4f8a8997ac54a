import type { EscalationRule, RuleWords } from "#contracts/escalation";
import {
  describeCondition,
  describeRule,
  type Known,
  shownNumber,
  triggerNames,
} from "#contracts/rule-words";
import type { RuleChange } from "#contracts/rules";

type Rules = readonly EscalationRule[];

/** What changed from one list of rules, with what customers are told, to another: one sentence a change. */
export function changesBetween(
  before: { rules: Rules; words: RuleWords },
  after: { rules: Rules; words: RuleWords },
  known: Known = {},
): RuleChange[] {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]));
  const kept = new Set(after.rules.map((rule) => rule.id));
  return [
    ...after.rules.flatMap((rule) => {
      const earlier = old.get(rule.id);
      return earlier === undefined ? [added(rule, known)] : changesOf(earlier, rule, known);
    }),
    ...before.rules.flatMap((rule) => (kept.has(rule.id) ? [] : [removed(rule)])),
    ...wordChanges(before.words, after.words),
  ];
}

function added(rule: EscalationRule, known: Known): RuleChange {
  const sentence = `New rule “${rule.name}”: ${describeRule(rule, known)}`;
  return { kind: "added", ruleId: rule.id, sentence };
}

function removed(rule: EscalationRule): RuleChange {
  return { kind: "removed", ruleId: rule.id, sentence: `The rule “${rule.name}” is removed.` };
}

/** What may differ in one rule, in the order in which people read it. */
const fields: { field: string; name: string; shown(rule: EscalationRule, known: Known): string }[] = [
  { field: "trigger", name: "watches for", shown: (rule) => triggerNames[rule.trigger].toLowerCase() },
  { field: "threshold", name: "threshold", shown: thresholdOf },
  { field: "consecutive", name: "in a row", shown: consecutiveOf },
  { field: "when", name: "conditions", shown: conditionsOf },
  { field: "action", name: "effect", shown: ({ action }) => effects[action] },
  { field: "route", name: "goes to", shown: routeOf },
  { field: "priority", name: "priority", shown: ({ priority }) => String(priority) },
];

const effects = { offer: "offers a person", escalate: "calls a person" };

function changesOf(before: EscalationRule, after: EscalationRule, known: Known): RuleChange[] {
  const of = (field: string, was: string, is: string, sentence: string): RuleChange => ({
    kind: "changed",
    ruleId: after.id,
    field,
    before: was,
    after: is,
    sentence,
  });
  const found: RuleChange[] = [];
  if (before.name !== after.name) {
    found.push(of("name", before.name, after.name, `“${before.name}” is now called “${after.name}”.`));
  }
  if (before.enabled !== after.enabled) {
    const state = after.enabled ? "on" : "off";
    const was = after.enabled ? "off" : "on";
    found.push(of("enabled", was, state, `“${after.name}” is switched ${state}.`));
  }
  for (const { field, name, shown } of fields) {
    const [was, is] = [shown(before, known), shown(after, known)];
    if (was === is) continue;
    found.push(of(field, was, is, `“${after.name}”: ${name} ${was || "none"} → ${is || "none"}.`));
  }
  const words = listChange(wordsOf(before), wordsOf(after));
  if (words !== undefined && before.trigger === after.trigger) {
    const field = after.trigger === "keyword" ? "keywords" : "phrases";
    found.push(
      of(field, wordsOf(before).join(", "), wordsOf(after).join(", "), `“${after.name}”: ${words}.`),
    );
  }
  return found;
}

function thresholdOf(rule: EscalationRule): string {
  switch (rule.trigger) {
    case "sentiment":
    case "confidence":
      return shownNumber(rule.threshold);
    case "conversation_length":
      return `${rule.maxMessages} messages`;
    case "circles":
      return `${rule.times} times`;
    default:
      return "";
  }
}

function consecutiveOf(rule: EscalationRule): string {
  return "consecutive" in rule ? String(rule.consecutive) : "";
}

function conditionsOf({ when }: EscalationRule): string {
  return when === undefined ? "" : `“${describeCondition(when)}”`;
}

function routeOf({ route }: EscalationRule, { teams }: Known): string {
  if (route === undefined) return "";
  const team = route.teamId === undefined ? [] : [teams?.get(route.teamId) ?? "a team that is gone"];
  const skills = route.skills.map(({ name, level }) => (level === undefined ? name : `${name} ${level}`));
  return [...team, ...skills].join(", ");
}

function wordsOf(rule: EscalationRule): string[] {
  if (rule.trigger === "keyword") return rule.keywords;
  return rule.trigger === "explicit_request" ? rule.phrases : [];
}

function listChange(before: string[], after: string[]): string | undefined {
  const more = after.filter((word) => !before.includes(word)).map((word) => `“${word}”`);
  const fewer = before.filter((word) => !after.includes(word)).map((word) => `“${word}”`);
  const parts = [
    ...(more.length > 0 ? [`${more.join(", ")} added`] : []),
    ...(fewer.length > 0 ? [`${fewer.join(", ")} removed`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

function wordChanges(before: RuleWords, after: RuleWords): RuleChange[] {
  const found: RuleChange[] = [];
  for (const reason of Object.keys(triggerNames) as (keyof typeof triggerNames)[]) {
    for (const action of ["offer", "escalate"] as const) {
      const [was, is] = [before[reason]?.[action], after[reason]?.[action]];
      if (was === is) continue;
      const moment = action === "offer" ? "as a person is offered" : "as a person is called";
      const from = was === undefined ? "Baton’s own words" : `“${was}”`;
      const to = is === undefined ? "Baton’s own words" : `“${is}”`;
      found.push({
        kind: "words",
        field: `${reason}.${action}`,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
        sentence: `What the customer is told ${moment} (${triggerNames[reason].toLowerCase()}): ${from} → ${to}.`,
      });
    }
  }
  return found;
}
