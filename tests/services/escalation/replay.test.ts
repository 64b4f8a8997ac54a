import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EscalationRule, Signals } from "#contracts/escalation";
import {
  courseThen,
  courseUnder,
  defaultRules,
  detect,
  type PastConversation,
  type RecordedTurn,
  Tally,
} from "#services/escalation";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const { rules } = defaultRules();
const quiet: Signals = { messages: 1, alreadyOffered: false, earlierSentiments: [], earlierConfidences: [] };
const monday = Date.UTC(2026, 0, 5, 9, 30);

type Measured = { text?: string; before?: Partial<Signals>; after?: Partial<Signals> | undefined };

/** Lets rules decide turn by turn, as the chat does, and keeps what the ledger would. */
function conversation(
  under: readonly EscalationRule[],
  measured: Measured[],
  start = monday,
): RecordedTurn[] {
  const turns: RecordedTurn[] = [];
  let offered = false;
  for (const [index, { text = "", before, after }] of measured.entries()) {
    const first = { ...quiet, since: index * 2, ...before, alreadyOffered: offered };
    const second = after && { ...first, ...after };
    let verdict = detect(under, { text, signals: first });
    const atOnce =
      verdict.outcome === "escalate" ||
      (verdict.outcome === "offer" && verdict.reason === "explicit_request");
    if (!atOnce && second) verdict = detect(under, { text, signals: second });
    const { outcome, reason, ruleId, sentence } = verdict;
    const recorded = { outcome, reason, ruleId, sentence, version: 1 };
    const at = new Date(start + index * 60_000);
    turns.push({ seq: index * 2 + 1, at, text, before: first, after: atOnce ? undefined : second, recorded });
    if (outcome === "offer") offered = true;
    if (outcome === "escalate") break;
  }
  return turns;
}

const unsure = (confidence: number, earlier: number[]): Measured => ({
  after: {
    confidence,
    earlierConfidences: earlier,
    agentTool: { called: false },
    aiFailure: { failed: false },
  },
});
const with_ = (id: string, change: Partial<EscalationRule>) =>
  rules.map((rule) => (rule.id === id ? ({ ...rule, ...change } as EscalationRule) : rule));
const tallyOf = (draft: readonly EscalationRule[]) => new Tally(draft, { timeZone: "UTC", known: rules });

describe("rules run over a conversation that was", () => {
  it("decide as they did then", () => {
    const turns = conversation(rules, [{}, unsure(0.2, []), unsure(0.2, [0.2]), { text: "my lawyer" }]);
    expect(courseUnder(rules, turns)).toEqual(courseThen(turns));
    expect(courseThen(turns)).toMatchObject({
      brought: { index: 2, outcome: "offer", ruleId: "confidence" },
      called: { index: 3, ruleId: "keywords" },
    });
  });

  it("remember the offer that they make themselves, not the one made then", () => {
    const asks = { asks: true, score: 0.9, why: "wants a person" };
    const turns = conversation(rules, [unsure(0.2, []), unsure(0.2, [0.2]), { before: { explicit: asks } }]);
    expect(courseThen(turns).called).toMatchObject({ index: 2, reason: "explicit_request" });
    // Nothing was offered before, so whoever asks now is offered a person first.
    const draft = with_("confidence", { enabled: false });
    expect(courseUnder(draft, turns)).toMatchObject({
      brought: { index: 2, outcome: "offer" },
      called: undefined,
    });
  });

  it("do not take up the button on an offer that they do not make", () => {
    const pressed: Measured = { before: { manual: { by: "customer" } } };
    const turns = conversation(rules, [unsure(0.2, []), unsure(0.2, [0.2]), pressed]);
    const never = with_("confidence", { enabled: false });
    expect(courseUnder(rules, turns).called?.index).toBe(2);
    expect(courseUnder(never, turns)).toEqual({ brought: undefined, called: undefined });
    const unasked = conversation(rules, [pressed]);
    expect(courseUnder(never, unasked).called?.index).toBe(0);
  });
});

describe("what rules have no say in", () => {
  const eager = with_("keywords", { keywords: ["hello"] });

  it("is a turn that a hand-back settled", () => {
    const turns = conversation(rules, [{ text: "hello", before: { handBack: "settled" } }]);
    expect(courseUnder(eager, turns)).toEqual({ brought: undefined, called: undefined });
  });

  it("is a question outside of what was handed back", () => {
    const turns = conversation(rules, [{ after: { handBack: "outside" } }]);
    expect(courseUnder([], turns).called).toMatchObject({ index: 0, reason: "agent_tool" });
  });
});

describe("the report of the time machine", () => {
  const past = (
    id: string,
    measured: Measured[],
    truth?: Partial<PastConversation["truth"]>,
  ): PastConversation => ({
    id,
    turns: conversation(rules, measured),
    truth: truth && { takenByHand: false, withPerson: false, lowRating: undefined, ...truth },
  });
  const twiceUnsure = [unsure(0.2, []), unsure(0.3, [0.2]), {}];

  it("counts more and fewer, and how many turns earlier or later", () => {
    const draft = with_("confidence", { consecutive: 1, threshold: 0.25 });
    const tally = tallyOf(draft);
    expect(tally.add(past("earlier", twiceUnsure))).toMatchObject({ kind: "earlier", turns: -1 });
    expect(tally.add(past("more", [unsure(0.1, [])]))).toMatchObject({ kind: "more", turns: undefined });
    expect(tally.add(past("fewer", [unsure(0.3, []), unsure(0.3, [0.3])]))).toMatchObject({ kind: "fewer" });
    expect(tally.add(past("same", [{}]))).toBeUndefined();
    expect(tally.report({ members: 3 })).toMatchObject({
      conversations: 4,
      turns: 7,
      brought: { before: 2, after: 2, more: 1, fewer: 1 },
      called: { before: 0, after: 0 },
      turnsMoved: { earlier: 1, later: 0, same: 0, histogram: [{ turns: -1, conversations: 1 }] },
      byRule: [{ ruleId: "confidence", name: "Unsure answers", before: 2, after: 2 }],
      changed: 3,
    });
  });

  it("holds both against what people really did", () => {
    const draft = with_("confidence", { consecutive: 1 });
    const tally = tallyOf(draft);
    tally.add(past("a", twiceUnsure, { takenByHand: true, withPerson: true }));
    tally.add(past("b", [unsure(0.1, [])], { takenByHand: true, withPerson: true, lowRating: true }));
    tally.add(past("c", [unsure(0.1, [])], { lowRating: false }));
    tally.add(past("d", [{}]));
    const [byHand, , lowRating] = tally.report({ members: 1 }).quality;
    expect(byHand).toMatchObject({
      before: { hits: 1, chosen: 1, wanted: 2, precision: 1, recall: 0.5 },
      after: { hits: 2, chosen: 3, wanted: 2, recall: 1 },
    });
    expect(byHand?.after.precision).toBeCloseTo(2 / 3);
    expect(lowRating).toMatchObject({
      before: { hits: 0, chosen: 0, wanted: 1, recall: 0 },
      after: { hits: 1, chosen: 2, wanted: 1, precision: 0.5, recall: 1 },
    });
    expect(lowRating?.before).not.toHaveProperty("precision");
  });

  it("puts each call into the hour of the week by the clocks of the time zone, beside who was there", () => {
    const draft = with_("keywords", { keywords: ["press"] });
    const tally = new Tally(draft, { timeZone: "Asia/Kolkata", known: rules });
    tally.add(past("a", [{ text: "lawyer" }]));
    tally.add(past("b", [{ text: "press" }]));
    tally.sawOperator("anna", "2026-01-05T09:00:00.000Z");
    tally.sawOperator("anna", "2026-01-05T09:00:00.000Z");
    const { load } = tally.report({ members: 7 });
    // 9:30 in UTC is 15:00 in India, and 9:00 is 14:30.
    const at = (hour: number) => load.hours.find((each) => each.day === 0 && each.hour === hour);
    expect(at(15)).toMatchObject({ before: 1, after: 1, staff: 0 });
    expect(at(14)).toMatchObject({ before: 0, after: 0, staff: 1 });
    expect(load).toMatchObject({ timeZone: "Asia/Kolkata", staffing: "active", weeks: 1 });
    expect(load.hours).toHaveLength(168);
  });

  it("takes all members for the staff where nobody ever wrote", () => {
    const { load } = tallyOf(rules).report({ members: 7 });
    expect(load.staffing).toBe("members");
    expect(new Set(load.hours.map(({ staff }) => staff))).toEqual(new Set([7]));
  });

  it(`is the same in whatever order the conversations come (SEED=${seed})`, () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const measured = fc.record({
      text: fc.constantFrom("hello", "my lawyer", "refund"),
      before: fc.record({
        sentiment: fc.double({ min: -1, max: 1, noNaN: true }),
        earlierSentiments: fc.array(fc.double({ min: -1, max: 0, noNaN: true }), { maxLength: 3 }),
        sameQuestion: fc.integer({ min: 1, max: 4 }),
      }),
      after: fc.record({ confidence: unit, earlierConfidences: fc.array(unit, { maxLength: 3 }) }),
    });
    const conversations = fc.array(fc.array(measured, { minLength: 1, maxLength: 6 }), { maxLength: 12 });
    const draft = with_("confidence", { consecutive: 1, threshold: 0.5 });
    fc.assert(
      fc.property(conversations, fc.infiniteStream(fc.nat()), (all, dice) => {
        const told = all.map((each, at) => past(String(at), each, { takenByHand: at % 3 === 0 }));
        const shuffled = told
          .map((each) => ({ each, order: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.order - b.order)
          .map(({ each }) => each);
        const [one, other] = [tallyOf(draft), tallyOf(draft)];
        for (const each of told) one.add(each);
        for (const each of shuffled) other.add(each);
        expect(other.report({ members: 2 })).toEqual(one.report({ members: 2 }));
        // Rules that are not changed change nothing.
        const still = tallyOf(rules);
        for (const each of told) expect(still.add(each)).toBeUndefined();
      }),
      { seed, numRuns: 100 },
    );
  });
});
