import type { EscalationRule, RuleTrace, Signals, Verdict } from "#contracts/escalation";
import { type SearchedText, searched } from "./keywords.ts";
import { type Finding, look } from "./look.ts";
import { type Circumstances, lookAtCondition } from "./look-at-facts.ts";

/** A turn as the detector sees it: the customer's words and what was measured so far. */
export type Turn = { text: string; signals: Signals };

type Tried = {
  rule: EscalationRule;
  finding: Finding;
  circumstances: Circumstances | undefined;
  trace: RuleTrace;
};

/**
 * Decides from rules and a turn whether the conversation goes on, is offered a person, or goes to one, and
 * says for each rule why. Pure: the same input gives the same verdict, and a phase without a measure fires nothing.
 */
export function detect(rules: readonly EscalationRule[], { text, signals }: Turn): Verdict {
  return detectIn(rules, searched(text), signals);
}

/** The same for words that are searched in more than one phase of a turn, and read for the first only. */
export function detectIn(rules: readonly EscalationRule[], text: SearchedText, signals: Signals): Verdict {
  const tried = rules.map((rule) => tryRule(rule, text, signals));
  const fired = tried.filter((each) => each.trace.fired).sort(byPriority);

  for (const outcome of ["escalate", "offer"] as const) {
    const deciding = fired.find((each) => effect(each.rule, signals) === outcome);
    if (deciding) return verdict(outcome, deciding, tried);
  }
  const closest = fired.length > 0 ? undefined : nearest(tried);
  return {
    outcome: "none",
    ...(closest && { closestRuleId: closest.rule.id }),
    sentence: silence(fired.length, rules, closest),
    trace: tried.map((each) => each.trace),
  };
}

function tryRule(rule: EscalationRule, text: SearchedText, signals: Signals): Tried {
  const finding = look(rule, text, signals);
  const circumstances = rule.when && lookAtCondition(rule.when, text, signals);
  const fired = rule.enabled && finding.state === "met" && circumstances?.met !== false;
  const trace: RuleTrace = {
    ruleId: rule.id,
    trigger: rule.trigger,
    name: rule.name,
    enabled: rule.enabled,
    input: finding.input,
    fired,
    sentence: sentenceOf(rule, finding, circumstances),
  };
  if (finding.threshold !== undefined) trace.threshold = finding.threshold;
  if (finding.value !== undefined) trace.value = finding.value;
  if (circumstances) trace.when = { met: circumstances.met, facts: circumstances.facts };
  if (rule.enabled && finding.state !== "unmeasured") trace.closeness = closeness(finding, circumstances);
  if (rule.enabled && finding.state === "missed" && finding.missedBy !== undefined) {
    trace.nearMiss = finding.missedBy;
  }
  if (fired && effect(rule, signals) === "silent") {
    trace.sentence = `${trace.sentence} A person was already offered, so nothing more is said.`;
  }
  return { rule, finding, circumstances, trace };
}

function sentenceOf(
  rule: EscalationRule,
  finding: Finding,
  circumstances: Circumstances | undefined,
): string {
  const held = circumstances?.facts.filter((fact) => fact.state === "met") ?? [];
  const failed = circumstances?.facts.filter((fact) => fact.state !== "met") ?? [];
  const besides = circumstances?.met === false ? failed : held;
  const words = [finding.sentence, ...besides.map((fact) => fact.sentence)].join(" ");
  return rule.enabled ? words : `Switched off. ${words}`;
}

function closeness(finding: Finding, circumstances: Circumstances | undefined): number {
  const own = finding.state === "met" ? 1 : (finding.closeness ?? 0);
  return Math.round(own * (circumstances?.closeness ?? 1) * 1000) / 1000;
}

// A person is offered once. Whoever then asks for one in words is not asked again.
function effect(rule: EscalationRule, signals: Signals): "offer" | "escalate" | "silent" {
  if (rule.action === "escalate") return "escalate";
  if (!signals.alreadyOffered) return "offer";
  return rule.trigger === "explicit_request" ? "escalate" : "silent";
}

function byPriority(a: Tried, b: Tried): number {
  return a.rule.priority - b.rule.priority;
}

function verdict(outcome: "offer" | "escalate", by: Tried, tried: Tried[]): Verdict {
  const lead = outcome === "offer" ? "A person is offered" : "A person is called";
  return {
    outcome,
    reason: by.rule.trigger,
    ruleId: by.rule.id,
    sentence: `${lead} by the rule “${by.rule.name}”: ${by.trace.sentence}`,
    trace: tried.map((each) => (each === by ? { ...each.trace, decides: true } : each.trace)),
  };
}

// Further away than this, a rule is not worth naming.
const NEAR = 0.25;

function nearest(tried: Tried[]): Tried | undefined {
  const near = tried.filter((each) => (each.trace.closeness ?? 0) >= NEAR);
  return near.sort((a, b) => (b.trace.closeness ?? 0) - (a.trace.closeness ?? 0) || byPriority(a, b))[0];
}

function silence(fired: number, rules: readonly EscalationRule[], closest: Tried | undefined): string {
  if (rules.length === 0) return "There are no escalation rules.";
  if (fired > 0) return "A person was already offered, and nothing calls for one at once.";
  const nothing = "Nothing called for a person.";
  if (closest === undefined) return nothing;
  const { finding, circumstances, rule } = closest;
  if (finding.state === "met") {
    const missing = circumstances?.facts.find((fact) => fact.state !== "met")?.sentence ?? "";
    return `${nothing} Closest: “${rule.name}”, held back by its conditions. ${missing}`.trim();
  }
  return `${nothing} Closest: “${rule.name}”, ${finding.nearly ?? finding.sentence.replace(/\.$/, "")}.`;
}
