import type { Move, Owner, State } from "#contracts/conversation";
import { AppError } from "#lib/errors";

/** Which moves each state allows, and where they may lead; the first state named is the usual one. */
export const moves: Record<State, Partial<Record<Move, readonly State[]>>> = {
  ACTIVE: {
    escalate: ["WAITING_HUMAN"],
    takeOver: ["WITH_HUMAN"],
    resolve: ["RESOLVED"],
    abandon: ["ABANDONED"],
  },
  WAITING_HUMAN: {
    accept: ["WITH_HUMAN"],
    handBack: ["ACTIVE"],
    resolve: ["RESOLVED"],
    abandon: ["ABANDONED"],
  },
  WITH_HUMAN: {
    transfer: ["WITH_HUMAN", "WAITING_HUMAN"],
    release: ["WAITING_HUMAN"],
    handBack: ["ACTIVE"],
    resolve: ["RESOLVED"],
  },
  RESOLVED: { reopen: ["ACTIVE", "WAITING_HUMAN"] },
  ABANDONED: { reopen: ["ACTIVE", "WAITING_HUMAN"] },
};

const owners: Record<State, Owner> = {
  ACTIVE: "ai",
  WAITING_HUMAN: "queue",
  WITH_HUMAN: "operator",
  RESOLVED: "none",
  ABANDONED: "none",
};

const words: Record<State, string> = {
  ACTIVE: "with the assistant",
  WAITING_HUMAN: "waiting for a person",
  WITH_HUMAN: "with a person",
  RESOLVED: "resolved",
  ABANDONED: "closed",
};

/** The state that a move leads to. Throws `conflict` for every move that the table does not hold. */
export function next(state: State, move: Move, wanted?: State): State {
  const targets = moves[state][move];
  const target = wanted ?? targets?.[0];
  if (targets === undefined || target === undefined || !targets.includes(target)) {
    throw new AppError("conflict", `This is not possible now: the conversation is ${words[state]}.`, {
      details: { state, move },
    });
  }
  return target;
}

/** Who answers in a state. */
export function ownerOf(state: State): Owner {
  return owners[state];
}
