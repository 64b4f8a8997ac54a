import { describe, expect, it } from "vitest";
import type { EscalationRule } from "#contracts/escalation";
import { changesBetween, defaultRules, warningsOf } from "#services/escalation";

const base = defaultRules();
const sentences = (after: Partial<typeof base>) =>
  changesBetween(base, { ...base, ...after }).map((change) => change.sentence);
const changed = (id: string, change: Partial<EscalationRule>) => ({
  rules: base.rules.map((rule) => (rule.id === id ? ({ ...rule, ...change } as EscalationRule) : rule)),
});

describe("what changed between two versions", () => {
  it("is nothing where nothing did", () => {
    expect(sentences({})).toEqual([]);
  });

  it("is one sentence a change, with what it was and what it is", () => {
    expect(sentences(changed("sentiment", { threshold: -0.4, action: "escalate" }))).toEqual([
      "“Unhappy customer”: threshold −0.6 → −0.4.",
      "“Unhappy customer”: effect offers a person → calls a person.",
    ]);
    expect(sentences(changed("length", { enabled: true, maxMessages: 12 }))).toEqual([
      "“Long conversation” is switched on.",
      "“Long conversation”: threshold 20 messages → 12 messages.",
    ]);
    expect(sentences(changed("circles", { when: { on: "office_hours", is: "open" } }))).toEqual([
      "“Going in circles”: conditions none → “the office is open”.",
    ]);
    expect(sentences(changed("keywords", { keywords: ["lawyer", "press"] }))[0]).toMatch(
      /^“Serious words”: “press” added, “attorney”, .* removed\.$/,
    );
  });

  it("names rules that are new, gone, or renamed", () => {
    const manual = base.rules[0];
    const rules = [...base.rules.slice(1), { ...manual, id: "new", name: "Help button" } as EscalationRule];
    expect(sentences({ rules })).toEqual([
      "New rule “Help button”: When the customer presses the button, put the conversation in the queue at once.",
      "The rule “Button” is removed.",
    ]);
    expect(sentences(changed("manual", { name: "Help" }))).toEqual(["“Button” is now called “Help”."]);
  });

  it("tells what customers hear instead of Baton's own words", () => {
    expect(sentences({ words: { keyword: { escalate: "A colleague takes over." } } })).toEqual([
      "What the customer is told as a person is called (keyword): Baton’s own words → “A colleague takes over.”.",
    ]);
  });

  it("does not depend on the order of the list", () => {
    expect(sentences({ rules: base.rules.toReversed() })).toEqual([]);
  });
});

describe("warnings", () => {
  const rule = (id: string, change: object): EscalationRule =>
    ({
      id,
      name: id.toUpperCase(),
      enabled: true,
      priority: 10,
      action: "offer",
      trigger: "sentiment",
      threshold: -0.5,
      consecutive: 2,
      ...change,
    }) as EscalationRule;
  const kinds = (...rules: EscalationRule[]) =>
    warningsOf(rules, new Set(["t1"])).map(({ kind, ruleIds }) => [kind, ...ruleIds]);

  it("are none for the rules every company begins with", () => {
    expect(warningsOf(base.rules, new Set())).toEqual([]);
  });

  it("name two rules that want different things of the same", () => {
    expect(kinds(rule("a", {}), rule("b", { action: "escalate" }))).toEqual([["contradiction", "a", "b"]]);
    expect(warningsOf([rule("a", {}), rule("b", { action: "escalate" })], new Set())[0]?.sentence).toBe(
      "“A” and “B” watch for the same, but one offers a person and the other calls one: calling always wins.",
    );
  });

  it("name the same rule twice, and one that another always goes before", () => {
    expect(kinds(rule("a", {}), rule("b", {}))).toEqual([["duplicate", "a", "b"]]);
    expect(kinds(rule("a", {}), rule("b", { threshold: -0.8, priority: 20 }))).toEqual([
      ["shadowed", "b", "a"],
    ]);
    expect(kinds(rule("a", { threshold: -0.8 }), rule("b", { priority: 20 }))).toEqual([]);
    expect(kinds(rule("a", { threshold: -0.8 }), rule("b", { priority: 20, action: "escalate" }))).toEqual([
      ["shadowed", "a", "b"],
    ]);
    const narrow = { on: "office_hours", is: "open" };
    expect(kinds(rule("a", { when: narrow }), rule("b", { priority: 20 }))).toEqual([]);
  });

  it("name a rule that can never fire", () => {
    const open = { on: "office_hours", is: "open" };
    const closed = { on: "office_hours", is: "closed" };
    expect(kinds(rule("a", { when: { on: "all", of: [open, closed] } }))).toEqual([["never_fires", "a"]]);
    expect(kinds(rule("a", { when: { on: "any", of: [open, closed] } }))).toEqual([]);
    const sms = { on: "channel", is: "one_of", values: ["sms"] };
    const notSms = { on: "channel", is: "none_of", values: ["sms", "web"] };
    expect(kinds(rule("a", { when: { on: "all", of: [sms, { on: "all", of: [notSms] }] } }))).toEqual([
      ["never_fires", "a"],
    ]);
    expect(kinds(rule("a", { trigger: "confidence", threshold: 0 }))).toEqual([["never_fires", "a"]]);
  });

  it("leave out rules that are switched off, but for a team that is gone", () => {
    const off = { enabled: false };
    expect(kinds(rule("a", {}), rule("b", off))).toEqual([]);
    expect(kinds(rule("a", { ...off, route: { teamId: "t2", skills: [] } }))).toEqual([
      ["unknown_team", "a"],
    ]);
    expect(kinds(rule("a", { route: { teamId: "t1", skills: [] } }))).toEqual([]);
  });
});
