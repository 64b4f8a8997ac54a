import type { EscalationRule, RuleTrace, Signals, Verdict } from "#contracts/escalation";
import { type Finding, look } from "./look.ts";

/** A turn as the detector sees it: the customer's words and what was measured so far. */
export type Turn = { text: string; signals: Signals };

type Tried = { rule: EscalationRule; finding: Finding; trace: RuleTrace };

/**
 * Decides from rules and a turn whether the conversation goes on, is offered a person, or goes to one, and
 * says for each rule why. Pure: the same input gives the same verdict, and a phase without a measure fires nothing.
 */
export function detect(rules: readonly EscalationRule[], turn: Turn): Verdict {
  const tried = rules.map((rule) => tryRule(rule, turn));
  const trace = tried.map((each) => each.trace);
  const fired = tried.filter((each) => each.trace.fired).sort(byPriority);

  const escalating = fired.find((each) => effect(each.rule, turn.signals) === "escalate");
  if (escalating) return verdict("escalate", escalating, trace);

  const offering = fired.find((each) => effect(each.rule, turn.signals) === "offer");
  if (offering) return verdict("offer", offering, trace);

  return { outcome: "none", sentence: silence(fired.length, rules.length), trace };
}

function tryRule(rule: EscalationRule, turn: Turn): Tried {
  const finding = look(rule, turn.text, turn.signals);
  const fired = rule.enabled && finding.state === "met";
  const trace: RuleTrace = {
    ruleId: rule.id,
    trigger: rule.trigger,
    name: rule.name,
    enabled: rule.enabled,
    input: finding.input,
    fired,
    sentence: rule.enabled ? finding.sentence : `Switched off. ${finding.sentence}`,
  };
  if (finding.threshold !== undefined) trace.threshold = finding.threshold;
  if (finding.value !== undefined) trace.value = finding.value;
  if (rule.enabled && finding.state === "missed" && finding.missedBy !== undefined) {
    trace.nearMiss = finding.missedBy;
  }
  if (fired && effect(rule, turn.signals) === "silent") {
    trace.sentence = `${finding.sentence} A person was already offered, so nothing more is said.`;
  }
  return { rule, finding, trace };
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

function verdict(outcome: "offer" | "escalate", by: Tried, trace: RuleTrace[]): Verdict {
  const lead = outcome === "offer" ? "A person is offered" : "A person is called";
  return {
    outcome,
    reason: by.rule.trigger,
    ruleId: by.rule.id,
    sentence: `${lead} by the rule “${by.rule.name}”: ${by.finding.sentence}`,
    trace,
  };
}

function silence(fired: number, tried: number): string {
  if (tried === 0) return "There are no escalation rules.";
  if (fired > 0) return "A person was already offered, and nothing calls for one at once.";
  return "No rule asks for a person on this turn.";
}
