import { z } from "zod";
import type { State } from "#contracts/conversation";

/** A stretch of time in milliseconds since 1970; without an end it goes on. */
const Stretch = z.tuple([z.number(), z.number().nullable()]);

/** One promise as the log tells it, whatever any policy says of it. */
const Clock = z.object({
  kind: z.enum(["first_response", "next_response", "resolution"]),
  /** When the clock ran; between two stretches it stood still. */
  ran: z.array(Stretch),
  startedAt: z.number(),
  metAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type ClockFacts = z.infer<typeof Clock>;

/** What was read of a conversation's log for its clocks. */
export const SlaFacts = z.object({
  /** In the hands of people: in the queue or with an operator. */
  human: z.boolean().default(false),
  snoozed: z.boolean().default(false),
  /** A person has spoken since people were asked for. */
  answered: z.boolean().default(false),
  /** The last word is the customer's, or nobody has answered them yet. */
  owed: z.boolean().default(false),
  /** Those that run now, and those that ended in the entries read last. */
  clocks: z.array(Clock).default([]),
});
export type SlaFacts = z.infer<typeof SlaFacts>;

/** One entry of the log, as far as clocks care. */
export type SlaEntry =
  | { type: "state"; at: number; state: State }
  | { type: "customer" | "operator"; at: number }
  | { type: "attributes"; at: number; snoozed: boolean };

/** Reads on: the facts after some more entries of the log. Clocks that ended earlier are left out. */
export function readOn(before: SlaFacts, entries: SlaEntry[]): SlaFacts {
  const running = before.clocks.filter(isRunning);
  return entries.reduce(afterEntry, { ...before, clocks: running });
}

/** Says whether a clock is neither met nor over; it may stand still. */
export function isRunning({ metAt, endedAt }: ClockFacts): boolean {
  return metAt === undefined && endedAt === undefined;
}

function afterEntry(facts: SlaFacts, entry: SlaEntry): SlaFacts {
  switch (entry.type) {
    case "state":
      return paced(afterState(facts, entry), entry.at);
    case "customer":
      return paced(afterCustomer(facts, entry.at), entry.at);
    case "operator":
      return facts.human ? paced(afterOperator(facts, entry.at), entry.at) : facts;
    case "attributes":
      return paced({ ...facts, snoozed: entry.snoozed }, entry.at);
  }
}

function afterState(facts: SlaFacts, { state, at }: { state: State; at: number }): SlaFacts {
  const human = state === "WAITING_HUMAN" || state === "WITH_HUMAN";
  if (human === facts.human) return facts;
  if (human) {
    const clocks = [...facts.clocks, begun("first_response", at), begun("resolution", at)];
    return { ...facts, human, answered: false, owed: true, clocks };
  }
  const resolved = state === "RESOLVED";
  const clocks = facts.clocks.map((clock) => {
    if (!isRunning(clock)) return clock;
    // Solved keeps the promise of a solution; the AI, or a customer who left, takes it off.
    return resolved && clock.kind === "resolution" ? { ...clock, metAt: at } : { ...clock, endedAt: at };
  });
  return { ...facts, human, answered: false, owed: false, clocks };
}

function afterCustomer(facts: SlaFacts, at: number): SlaFacts {
  // Words of the customer wake what was put off.
  const awake = { ...facts, snoozed: false };
  if (!facts.human || facts.owed) return awake;
  const clocks = facts.answered ? [...facts.clocks, begun("next_response", at)] : facts.clocks;
  return { ...awake, owed: true, clocks };
}

function afterOperator(facts: SlaFacts, at: number): SlaFacts {
  const clocks = facts.clocks.map((clock) =>
    isRunning(clock) && clock.kind !== "resolution" ? { ...clock, metAt: at } : clock,
  );
  return { ...facts, answered: true, owed: false, clocks };
}

function begun(kind: ClockFacts["kind"], at: number): ClockFacts {
  return { kind, startedAt: at, ran: [[at, null]] };
}

/** Has every clock run or stand still as it should from a moment on. */
function paced(facts: SlaFacts, at: number): SlaFacts {
  return { ...facts, clocks: facts.clocks.map((clock) => pace(facts, clock, at)) };
}

function pace({ snoozed, owed }: SlaFacts, clock: ClockFacts, at: number): ClockFacts {
  const last = clock.ran.at(-1);
  const runs = last !== undefined && last[1] === null;
  if (runs === shouldRun(clock, { snoozed, owed })) return clock;
  if (!runs) return { ...clock, ran: [...clock.ran, [at, null]] };
  return { ...clock, ran: [...clock.ran.slice(0, -1), [last[0], at]] };
}

function shouldRun(clock: ClockFacts, { snoozed, owed }: { snoozed: boolean; owed: boolean }): boolean {
  if (!isRunning(clock)) return false;
  switch (clock.kind) {
    // Whoever has not heard from anybody yet cannot be put off.
    case "first_response":
      return true;
    case "next_response":
      return !snoozed;
    case "resolution":
      return !snoozed && owed;
  }
}
