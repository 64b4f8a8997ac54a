import type { Move, State } from "#contracts/conversation";

type Place = { seq: number; at: Date };

/** Words that the customer hears or says; system lines and notes are none. */
export type Said = Place & {
  kind: "said";
  author: "customer" | "agent" | "operator";
  operatorId: string | undefined;
  /** Nothing but thanks: it asks for no answer and opens nothing again. */
  thanks: boolean;
  /** Words of a phone call: heard as they are said, and written down when the call is over. */
  spoken: boolean;
};

/** A change of whose turn it is. */
export type Moved = Place & {
  kind: "moved";
  move: Move;
  state: State;
  /** Who holds it from then on. */
  operatorId: string | undefined;
  /** The operator who made the move. */
  by: string | undefined;
  reason: string | undefined;
};

export type Entry = Said | Moved;

/** When people are there; seconds between two moments count only as far as they are. */
export type Hours = {
  isOpen(at: Date): boolean;
  openSeconds(from: Date, to: Date): number;
};

/** A time that something took. */
export type Span = { inHours: boolean; seconds: number; openSeconds: number };

/** How long it was from one moment to another, on the wall and in office hours. */
export function spanOf(from: Date, to: Date, hours: Hours): Span {
  return {
    inHours: hours.isOpen(from),
    seconds: Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000)),
    openSeconds: Math.max(0, Math.round(hours.openSeconds(from, to))),
  };
}
