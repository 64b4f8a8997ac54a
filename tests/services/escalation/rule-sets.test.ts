import { describe, expect, it } from "vitest";
import { EscalationRule, RuleSet } from "#contracts/escalation";

describe("rule sets that make no sense", () => {
  const base = { id: "a", name: "A", enabled: true, priority: 1, action: "offer" };
  it.each([
    [{ ...base, trigger: "sentiment", threshold: -1.2, consecutive: 2 }],
    [{ ...base, trigger: "sentiment", threshold: -0.5, consecutive: 1 }],
    [{ ...base, trigger: "confidence", threshold: 1.1, consecutive: 1 }],
    [{ ...base, trigger: "keyword", keywords: [] }],
    [{ ...base, trigger: "keyword", keywords: ["  "] }],
    [{ ...base, trigger: "keyword", keywords: ["!!"] }],
    [{ ...base, trigger: "conversation_length", maxMessages: 0 }],
    [{ ...base, trigger: "weather" }],
    [{ ...base, trigger: "circles", times: 1 }],
    [{ ...base, trigger: "manual", when: { on: "all", of: [] } }],
    [{ ...base, trigger: "manual", when: { on: "channel", is: "one_of", values: ["pigeon"] } }],
    [{ ...base, trigger: "manual", when: { on: "attribute", name: "plan", is: "above", value: "gold" } }],
    [{ ...base, trigger: "manual", when: { on: "sentiment", atMost: -2 } }],
    [{ ...base, trigger: "manual", route: { skills: [{ name: "billing", level: 6 }] } }],
  ])("refuses %o", (rule) => {
    expect(EscalationRule.safeParse(rule).success).toBe(false);
  });

  it("says in a sentence what is out of range", () => {
    const bad = { ...base, trigger: "sentiment", threshold: -1.2, consecutive: 1 };
    const said = EscalationRule.safeParse(bad).error?.issues.map((issue) => issue.message);
    expect(said).toEqual([
      "A mood lies between −1 (furious) and 1 (delighted).",
      "Sentiment needs at least two messages in a row.",
    ]);
  });

  it("refuses a rule that one unhappy message alone would fire", () => {
    const lone = { on: "sentiment", atMost: -0.5, consecutive: 1 };
    const rule = { ...base, trigger: "conversation_length", maxMessages: 1, when: lone };
    expect(RuleSet.safeParse({ version: 1, rules: [rule] }).error?.issues[0]?.message).toBe(
      "“A” would call a person for one unhappy message alone: ask for two in a row.",
    );
    const twice = { ...rule, when: { ...lone, consecutive: 2 } };
    expect(RuleSet.safeParse({ version: 1, rules: [twice] }).success).toBe(true);
  });

  it("reads rule sets from before conditions and words", () => {
    const old = { version: 3, rules: [{ ...base, trigger: "keyword", keywords: ["refund"] }] };
    expect(RuleSet.parse(old)).toEqual({ ...old, words: {} });
  });

  it("refuses two rules of one id, and too many rules", () => {
    const rule = { ...base, trigger: "manual" };
    expect(RuleSet.safeParse({ version: 1, rules: [rule, rule] }).success).toBe(false);
    const many = Array.from({ length: 51 }, (_, at) => ({ ...rule, id: String(at) }));
    expect(RuleSet.safeParse({ version: 1, rules: many }).success).toBe(false);
  });
});
