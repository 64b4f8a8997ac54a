import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EscalationRule, RuleSet, type Signals } from "#contracts/escalation";
import { defaultRules, detect, readSignals } from "#services/escalation";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const runs = { seed, numRuns: 300 };

const quiet: Signals = { messages: 1, alreadyOffered: false, earlierSentiments: [], earlierConfidences: [] };
const asks = { asks: true, score: 0.9, why: "wants a person" };
const { rules } = defaultRules();

const history = { customerTexts: [], messages: 0, sentiments: [], confidences: [], alreadyOffered: false };

describe("detect with the rules a company begins with", () => {
  it("offers a person to whoever asks for one", () => {
    const text = "Can I talk to a human please?";
    const verdict = detect(rules, { text, signals: readSignals(text, history) });
    expect(verdict).toMatchObject({
      outcome: "offer",
      reason: "explicit_request",
      ruleId: "explicit-request",
    });
    expect(verdict.sentence).toContain("Asks for a person");
  });

  it("calls a person when one is asked for again after the offer", () => {
    const verdict = detect(rules, { text: "", signals: { ...quiet, alreadyOffered: true, explicit: asks } });
    expect(verdict.outcome).toBe("escalate");
  });

  it("calls a person at once for a serious word, whatever its case and accents", () => {
    expect(detect(rules, { text: "My LÁWYER will write", signals: quiet })).toMatchObject({
      outcome: "escalate",
      reason: "keyword",
    });
    expect(detect(rules, { text: "the lawyers' ball", signals: quiet }).outcome).toBe("none");
  });

  it("calls a person when the agent fails or asks for help, and when the button is pressed", () => {
    expect(detect(rules, { text: "", signals: { ...quiet, aiFailure: { failed: true } } }).reason).toBe(
      "ai_failure",
    );
    const tool = { called: true, reason: "refund above limit" };
    expect(detect(rules, { text: "", signals: { ...quiet, agentTool: tool } }).sentence).toContain(
      "refund above limit",
    );
    expect(detect(rules, { text: "", signals: { ...quiet, manual: { by: "customer" } } }).reason).toBe(
      "manual",
    );
  });

  it("never fires on one bad message, but on two in a row", () => {
    expect(detect(rules, { text: "", signals: { ...quiet, sentiment: -1 } }).outcome).toBe("none");
    const second = { ...quiet, sentiment: -0.7, earlierSentiments: [0, -0.9] };
    expect(detect(rules, { text: "", signals: second })).toMatchObject({
      outcome: "offer",
      reason: "sentiment",
    });
  });

  it("offers after two unsure answers in a row, and says by how much one missed", () => {
    const unsure = { ...quiet, confidence: 0.2, earlierConfidences: [0.1] };
    expect(detect(rules, { text: "", signals: unsure }).reason).toBe("confidence");
    const sure = detect(rules, { text: "", signals: { ...quiet, confidence: 0.4 } });
    expect(sure.trace.find((each) => each.trigger === "confidence")).toMatchObject({
      fired: false,
      nearMiss: 0.05,
    });
  });

  it("says what was not measured yet instead of firing", () => {
    const { trace } = detect(rules, { text: "hello", signals: quiet });
    const late = trace.filter((each) => ["confidence", "agent_tool", "ai_failure"].includes(each.trigger));
    expect(late).toHaveLength(3);
    for (const each of late) expect(each.sentence).toBe("Not measured yet in this turn.");
  });

  it("is a valid rule set", () => {
    expect(RuleSet.parse(defaultRules())).toEqual(defaultRules());
  });
});

describe("a turn on which nothing fires", () => {
  const unsure: EscalationRule = {
    id: "unsure",
    name: "Unsure answers",
    trigger: "confidence",
    enabled: true,
    priority: 1,
    action: "offer",
    threshold: 0.35,
    consecutive: 2,
  };

  it("names the rule that came nearest, and by how much it missed", () => {
    const signals = { ...quiet, confidence: 0.41, earlierConfidences: [0.3] };
    const verdict = detect(rules, { text: "", signals });
    expect(verdict.sentence).toBe(
      "Nothing called for a person. Closest: “Unsure answers”, 0.41 where it takes 0.35, 0 of 2 in a row.",
    );
    expect(verdict.closestRuleId).toBe("confidence");
  });

  it("says what held a rule back whose trigger was there", () => {
    const when = { on: "office_hours" as const, is: "closed" as const };
    const signals = {
      ...quiet,
      confidence: 0.1,
      earlierConfidences: [0.1],
      officeHours: "open" as const,
      sentiment: -0.5,
    };
    const { sentence } = detect(
      [{ ...unsure, when: { on: "any", of: [when, { on: "sentiment", atMost: -0.9, consecutive: 1 }] } }],
      {
        text: "",
        signals,
      },
    );
    expect(sentence).toBe(
      "Nothing called for a person. Closest: “Unsure answers”, held back by its conditions. Not so: the office is closed. It was open.",
    );
  });

  it("names no rule where none came near", () => {
    expect(detect(rules, { text: "hello", signals: quiet }).sentence).toBe("Nothing called for a person.");
  });

  it("marks the one rule that decided, of all that fired", () => {
    const signals = { ...quiet, manual: { by: "customer" as const }, agentTool: { called: true } };
    const { trace, ruleId } = detect(rules, { text: "my lawyer", signals });
    expect(trace.filter((line) => line.fired).length).toBeGreaterThan(2);
    expect(trace.filter((line) => line.decides === true).map((line) => line.ruleId)).toEqual([ruleId]);
  });
});

describe(`any rules, any turn (SEED=${seed})`, () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const mood = fc.double({ min: -1, max: 1, noNaN: true });
  const base = { name: fc.constant("rule"), enabled: fc.boolean(), priority: fc.integer({ min: 1, max: 9 }) };
  const shared = { ...base, action: fc.constantFrom("offer" as const, "escalate" as const) };
  const kinds = [
    fc.record({
      ...shared,
      trigger: fc.constant("keyword" as const),
      keywords: fc.constant<string[]>(["refund"]),
    }),
    fc.record({
      ...shared,
      trigger: fc.constant("sentiment" as const),
      threshold: mood,
      consecutive: fc.integer({ min: 2, max: 4 }),
    }),
    fc.record({
      ...shared,
      trigger: fc.constant("confidence" as const),
      threshold: unit,
      consecutive: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      ...shared,
      trigger: fc.constant("explicit_request" as const),
      phrases: fc.constant([] as string[]),
    }),
    fc.record({
      ...shared,
      trigger: fc.constant("conversation_length" as const),
      maxMessages: fc.integer({ min: 1, max: 30 }),
    }),
    fc.record({
      ...shared,
      trigger: fc.constant("circles" as const),
      times: fc.integer({ min: 2, max: 5 }),
      when: fc.constantFrom(
        undefined,
        { on: "office_hours" as const, is: "closed" as const },
        { on: "confidence" as const, below: 0.5, consecutive: 1 },
      ),
    }),
    fc.record({
      ...shared,
      trigger: fc.constantFrom("agent_tool" as const, "ai_failure" as const, "manual" as const),
    }),
  ];
  const someRules: fc.Arbitrary<EscalationRule[]> = fc
    .array(fc.oneof(...kinds), { maxLength: 8 })
    .map((drafts) => drafts.map((draft, at) => EscalationRule.parse({ ...draft, id: `r${at}` })));
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const signals: fc.Arbitrary<Signals> = fc.record({
    messages: fc.integer({ min: 1, max: 40 }),
    alreadyOffered: fc.boolean(),
    explicit: optional(fc.record({ asks: fc.boolean(), score: unit, why: fc.constant("why") })),
    sentiment: optional(mood),
    earlierSentiments: fc.array(mood, { maxLength: 5 }),
    confidence: optional(unit),
    earlierConfidences: fc.array(unit, { maxLength: 5 }),
    agentTool: optional(fc.record({ called: fc.boolean() })),
    sameQuestion: optional(fc.integer({ min: 1, max: 6 })),
    officeHours: optional(fc.constantFrom("open" as const, "closed" as const)),
    aiFailure: optional(fc.record({ failed: fc.boolean() })),
    manual: optional(fc.record({ by: fc.constantFrom("customer" as const, "operator" as const) })),
  });
  const turn = fc.record({ text: fc.constantFrom("I want a refund", "hello", ""), signals });

  it("decides alike each time and leaves its input alone", () => {
    fc.assert(
      fc.property(someRules, turn, (some, one) => {
        const before = structuredClone({ some, one });
        expect(detect(some, one)).toEqual(detect(some, one));
        expect({ some, one }).toEqual(before);
      }),
      runs,
    );
  });

  it("has every rule in the trace exactly once, in order", () => {
    fc.assert(
      fc.property(someRules, turn, (some, one) => {
        expect(detect(some, one).trace.map((each) => each.ruleId)).toEqual(some.map((rule) => rule.id));
      }),
      runs,
    );
  });

  it("never fires a rule that is switched off", () => {
    fc.assert(
      fc.property(someRules, turn, (some, one) => {
        const verdict = detect(
          some.map((rule) => ({ ...rule, enabled: false })),
          one,
        );
        expect(verdict.outcome).toBe("none");
        expect(verdict.trace.some((each) => each.fired)).toBe(false);
      }),
      runs,
    );
  });

  it("never offers twice", () => {
    fc.assert(
      fc.property(someRules, turn, (some, one) => {
        const again = { ...one, signals: { ...one.signals, alreadyOffered: true } };
        expect(detect(some, again).outcome).not.toBe("offer");
      }),
      runs,
    );
  });

  it("fires no less when a threshold is eased", () => {
    fc.assert(
      fc.property(someRules, turn, unit, (some, one, ease) => {
        const eased = some.map((rule) => {
          if (rule.trigger === "sentiment") return { ...rule, threshold: Math.min(1, rule.threshold + ease) };
          if (rule.trigger === "confidence")
            return { ...rule, threshold: Math.min(1, rule.threshold + ease) };
          if (rule.trigger === "conversation_length") return { ...rule, maxMessages: 1 };
          return rule;
        });
        const strict = detect(some, one).trace;
        const loose = detect(eased, one).trace;
        for (const [at, each] of strict.entries()) if (each.fired) expect(loose[at]?.fired).toBe(true);
      }),
      runs,
    );
  });
});
