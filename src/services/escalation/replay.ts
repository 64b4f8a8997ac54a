import type { EscalationRule, Trigger, Verdict } from "#contracts/escalation";
import { detectIn } from "./detect.ts";
import { searched } from "./keywords.ts";
import type { RecordedTurn } from "./recorded-turns.ts";

/** What rules make of a turn. */
export type PlayedTurn = { index: number; turn: RecordedTurn; verdict: Verdict };

/** Where a person first comes in: which turn, and by what. */
export type Moment = {
  index: number;
  turn: RecordedTurn;
  outcome: "offer" | "escalate";
  ruleId: string | undefined;
  reason: Trigger | undefined;
  sentence: string;
};

/** Where a person is first offered or called, and where one is first called. */
export type Course = { brought: Moment | undefined; called: Moment | undefined };

// How many decisions back an offer is remembered; a turn leaves two at most (services/chat/earlier-signals.ts).
const REMEMBERED = 18;

/**
 * Runs rules over the turns of one conversation as the detector would have: from what was measured then, with an
 * offer remembered that these rules make, not the one made then. Pure: no model, no clock, no database.
 */
export function* play(
  rules: readonly EscalationRule[],
  turns: readonly RecordedTurn[],
): Generator<PlayedTurn> {
  let decisions = 0;
  let offeredAt: number | undefined;
  for (const [index, turn] of turns.entries()) {
    const alreadyOffered = offeredAt !== undefined && decisions - offeredAt < REMEMBERED;
    // Pressed on an offer that these rules do not make: then there was nothing to press.
    if (turn.before.manual !== undefined && turn.before.alreadyOffered && !alreadyOffered) continue;
    const { found, phases } = decide(rules, turn, alreadyOffered);
    const verdict = beyondRules(turn, found) ?? found;
    decisions += phases;
    if (verdict.outcome === "offer") offeredAt = decisions - 1;
    yield { index, turn, verdict };
  }
}

/** Where rules bring in a person in a conversation. */
export function courseUnder(rules: readonly EscalationRule[], turns: readonly RecordedTurn[]): Course {
  let brought: Moment | undefined;
  for (const { index, turn, verdict } of play(rules, turns)) {
    if (verdict.outcome === "none") continue;
    const moment: Moment = {
      index,
      turn,
      outcome: verdict.outcome,
      ruleId: verdict.ruleId,
      reason: verdict.reason,
      sentence: verdict.sentence,
    };
    brought ??= moment;
    if (verdict.outcome === "escalate") return { brought, called: moment };
  }
  return { brought, called: undefined };
}

/** Where a person came in, as the ledger has it. */
export function courseThen(turns: readonly RecordedTurn[]): Course {
  const moments = turns.flatMap((turn, index): Moment[] => {
    const { outcome, ruleId, reason, sentence } = turn.recorded;
    return outcome === "none" ? [] : [{ index, turn, outcome, ruleId, reason, sentence }];
  });
  return { brought: moments[0], called: moments.find(({ outcome }) => outcome === "escalate") };
}

function decide(
  rules: readonly EscalationRule[],
  turn: RecordedTurn,
  alreadyOffered: boolean,
): { found: Verdict; phases: number } {
  const text = searched(turn.text);
  const first = detectIn(rules, text, { ...turn.before, alreadyOffered });
  const atOnce =
    first.outcome === "escalate" || (first.outcome === "offer" && first.reason === "explicit_request");
  if (atOnce || turn.after === undefined) return { found: first, phases: 1 };
  return { found: detectIn(rules, text, { ...turn.after, alreadyOffered }), phases: 2 };
}

// The button calls a person whatever the rules say, and a hand-back has the last word on what it settled or left out.
function beyondRules({ before, after, recorded }: RecordedTurn, { trace }: Verdict): Verdict | undefined {
  const { sentence } = recorded;
  if (before.manual !== undefined) return { outcome: "escalate", reason: "manual", sentence, trace };
  if (before.handBack === "settled") return { outcome: "none", sentence, trace };
  if (after?.handBack === "outside") return { outcome: "escalate", reason: "agent_tool", sentence, trace };
  return undefined;
}
