import type { Move } from "#contracts/conversation";
import { type Entry, type Hours, type Moved, type Span, spanOf } from "./entry.ts";

/** The rule that called a person. */
export type Rule = { id: string; name: string };

/** A stay in the queue; without an outcome it goes on. */
export type Wait = {
  seq: number;
  at: Date;
  move: Move;
  reason: string | undefined;
  rule: Rule | undefined;
  inHours: boolean;
  operatorId: string | undefined;
  outcome: "accepted" | "handed_back" | "resolved" | "abandoned" | undefined;
  span: Span | undefined;
};

const outcomes: Partial<Record<Move, Wait["outcome"]>> = {
  accept: "accepted",
  handBack: "handed_back",
  resolve: "resolved",
  abandon: "abandoned",
};

/** The stays of a conversation in the queue; `ruleAt` tells which rule decided something at a moment. */
export function waitsOf(
  entries: readonly Entry[],
  hours: Hours,
  ruleAt: (moment: Date) => Rule | undefined,
): Wait[] {
  const found: Wait[] = [];
  let begun: Moved | undefined;
  for (const entry of entries) {
    if (entry.kind !== "moved") continue;
    const outcome = outcomes[entry.move];
    if (begun !== undefined && outcome !== undefined) {
      found.push(ended(begun, entry, outcome));
      begun = undefined;
    }
    if (entry.state === "WAITING_HUMAN") begun ??= entry;
  }
  if (begun !== undefined) found.push(beginning(begun));
  return found;

  function beginning({ seq, at, move, reason }: Moved): Wait {
    const rule = move === "escalate" ? ruleAt(at) : undefined;
    const open = { operatorId: undefined, outcome: undefined, span: undefined };
    return { seq, at, move, reason, rule, inHours: hours.isOpen(at), ...open };
  }

  function ended(from: Moved, to: Moved, outcome: Wait["outcome"]): Wait {
    return { ...beginning(from), operatorId: to.operatorId, outcome, span: spanOf(from.at, to.at, hours) };
  }
}
