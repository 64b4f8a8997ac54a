import type { BacktestReport, ChangeKind, Quality } from "#contracts/backtests";
import type { EscalationRule, Trigger } from "#contracts/escalation";
import { triggerNames } from "#contracts/rule-words";
import { HourOfWeek, Load } from "./backtest-load.ts";
import type { RecordedTurn } from "./recorded-turns.ts";
import { type Course, courseThen, courseUnder, type Moment } from "./replay.ts";
import { LOW_RATING, type Truth } from "./truths.ts";

/** A conversation with its turns and what really became of it. */
export type PastConversation = { id: string; turns: readonly RecordedTurn[]; truth: Truth | undefined };

/** A conversation that the rules would have changed, with where a person came in before and after. */
export type Change = {
  conversationId: string;
  kind: ChangeKind;
  turns: number | undefined;
  before: Moment | undefined;
  after: Moment | undefined;
  truth: Truth | undefined;
};

const nothingKnown: Truth = { takenByHand: false, withPerson: false, lowRating: undefined };

/** Shifts beyond this many turns share the outermost bar of the histogram. */
const FURTHEST = 10;

/**
 * Counts what rules would have changed in past conversations. The order in which they are added does not matter: the
 * same conversations give the same report.
 */
export class Tally {
  readonly #rules: readonly EscalationRule[];
  readonly #load: Load;
  readonly #names: Map<string, string>;
  readonly #called = shift();
  readonly #brought = shift();
  readonly #moved = new Map<number, number>();
  readonly #byRule = new Map<string, { before: number; after: number }>();
  readonly #quality = truths.map(() => ({ before: hits(), after: hits() }));
  #conversations = 0;
  #turns = 0;
  #turnsWithoutFacts = 0;
  #changed = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(rules: readonly EscalationRule[], { timeZone, known }: { timeZone: string; known: RuleNames }) {
    this.#rules = rules;
    this.#load = new Load(new HourOfWeek(timeZone));
    this.#names = new Map([...known, ...rules].map(({ id, name }) => [id, name]));
  }

  /** Plays the rules over one conversation; answers what they change in it, or nothing. */
  add({ id, turns, truth }: PastConversation): Change | undefined {
    this.#conversations += 1;
    this.#turns += turns.length;
    for (const { at, before } of turns) {
      this.#from = Math.min(this.#from, at.getTime());
      this.#to = Math.max(this.#to, at.getTime());
      // A press of the button measures none, now as then.
      if (before.since === undefined && before.manual === undefined) this.#turnsWithoutFacts += 1;
    }
    const then = courseThen(turns);
    const now = courseUnder(this.#rules, turns);
    countShift(this.#called, then.called, now.called);
    countShift(this.#brought, then.brought, now.brought);
    this.#countRules(then, now);
    this.#load.count(then, now);
    this.#judge(then, now, truth ?? nothingKnown);
    return this.#change(id, then, now, truth);
  }

  /** Notes that an operator wrote to customers in this hour. */
  sawOperator(operatorId: string, hour: string): void {
    this.#load.sawOperator(operatorId, hour);
  }

  report({ members }: { members: number }): BacktestReport {
    const looked = this.#turns > 0;
    const moved = [...this.#moved].toSorted(([a], [b]) => a - b);
    const sum = (of: (turns: number) => boolean) =>
      moved.reduce((total, [turns, count]) => (of(turns) ? total + count : total), 0);
    return {
      conversations: this.#conversations,
      turns: this.#turns,
      ...(looked && { from: new Date(this.#from).toISOString(), to: new Date(this.#to).toISOString() }),
      called: this.#called,
      brought: this.#brought,
      turnsMoved: {
        earlier: sum((turns) => turns < 0),
        later: sum((turns) => turns > 0),
        same: sum((turns) => turns === 0),
        histogram: moved.map(([turns, conversations]) => ({ turns, conversations })),
      },
      quality: truths.flatMap((truth, at): Quality[] => {
        const counted = this.#quality[at];
        if (counted === undefined) return [];
        const { id, name, definition } = truth;
        return [{ id, name, definition, before: rates(counted.before), after: rates(counted.after) }];
      }),
      byRule: [...this.#byRule]
        .map(([ruleId, counts]) => ({ ruleId, name: this.#nameOf(ruleId), ...counts }))
        .toSorted((a, b) => b.before + b.after - a.before - a.after || (a.ruleId < b.ruleId ? -1 : 1)),
      load: this.#load.report({ members, from: this.#from, to: this.#to }),
      turnsWithoutFacts: this.#turnsWithoutFacts,
      changed: this.#changed,
    };
  }

  #countRules(then: Course, now: Course): void {
    for (const [side, { brought }] of [
      ["before", then],
      ["after", now],
    ] as const) {
      if (brought === undefined) continue;
      const id = ruleKey(brought);
      const counts = this.#byRule.get(id) ?? { before: 0, after: 0 };
      this.#byRule.set(id, { ...counts, [side]: counts[side] + 1 });
    }
  }

  #judge(then: Course, now: Course, truth: Truth): void {
    for (const [at, { counts, wanted }] of truths.entries()) {
      const counted = this.#quality[at];
      if (counted === undefined || !counts(truth)) continue;
      for (const [side, { brought }] of [
        [counted.before, then],
        [counted.after, now],
      ] as const) {
        if (wanted(truth)) side.wanted += 1;
        if (brought !== undefined) side.chosen += 1;
        if (brought !== undefined && wanted(truth)) side.hits += 1;
      }
    }
  }

  #change(id: string, then: Course, now: Course, truth: Truth | undefined): Change | undefined {
    const [before, after] = [then.brought, now.brought];
    const turns = before && after ? after.index - before.index : undefined;
    if (turns !== undefined) {
      const bar = Math.max(-FURTHEST, Math.min(FURTHEST, turns));
      this.#moved.set(bar, (this.#moved.get(bar) ?? 0) + 1);
    }
    const kind = kindOf(before, after, turns);
    if (kind === undefined) return undefined;
    this.#changed += 1;
    return { conversationId: id, kind, turns, before, after, truth };
  }

  #nameOf(ruleId: string): string {
    return this.#names.get(ruleId) ?? triggerNames[ruleId as Trigger] ?? "A rule that is gone";
  }
}

/** Rules by which a recorded decision may have been made, for their names. */
export type RuleNames = readonly { id: string; name: string }[];

type Counted = { hits: number; chosen: number; wanted: number };

const truths: {
  id: Quality["id"];
  name: string;
  definition: string;
  counts(truth: Truth): boolean;
  wanted(truth: Truth): boolean;
}[] = [
  {
    id: "by_hand",
    name: "Taken over by hand",
    definition:
      "A person was needed where an operator took the conversation from the AI by their own decision, or gave it to a colleague, a team or the queue. Precision: of the conversations in which the rules offered or called a person, how many were taken over. Recall: of those taken over, in how many the rules had offered or called a person.",
    counts: () => true,
    wanted: (truth) => truth.takenByHand,
  },
  {
    id: "with_person",
    name: "Handled by a person",
    definition:
      "A person was needed where an operator had the conversation in the end, taken from the AI or accepted from the queue. The rules of then had a hand in who reached the queue, so this leans towards them.",
    counts: () => true,
    wanted: (truth) => truth.withPerson,
  },
  {
    id: "low_rating",
    name: "Low rating",
    definition: `A person was needed where the customer rated the assistant ${LOW_RATING} of 5 or lower. Only conversations in which they rated it count; what they say of a person does not.`,
    counts: (truth) => truth.lowRating !== undefined,
    wanted: (truth) => truth.lowRating === true,
  },
];

function shift() {
  return { before: 0, after: 0, more: 0, fewer: 0 };
}

function countShift(
  counts: ReturnType<typeof shift>,
  before: Moment | undefined,
  after: Moment | undefined,
): void {
  if (before !== undefined) counts.before += 1;
  if (after !== undefined) counts.after += 1;
  if (before === undefined && after !== undefined) counts.more += 1;
  if (before !== undefined && after === undefined) counts.fewer += 1;
}

function kindOf(
  before: Moment | undefined,
  after: Moment | undefined,
  turns: number | undefined,
): ChangeKind | undefined {
  if (before === undefined) return after === undefined ? undefined : "more";
  if (turns === undefined) return "fewer";
  if (turns === 0) return undefined;
  return turns < 0 ? "earlier" : "later";
}

// A decision from before the ledger named its rule is told by its reason.
function ruleKey({ ruleId, reason }: Moment): string {
  return ruleId ?? reason ?? "manual";
}

function hits(): Counted {
  return { hits: 0, chosen: 0, wanted: 0 };
}

function rates({ hits: hit, chosen, wanted }: Counted) {
  return {
    hits: hit,
    chosen,
    wanted,
    ...(chosen > 0 && { precision: hit / chosen }),
    ...(wanted > 0 && { recall: hit / wanted }),
  };
}
