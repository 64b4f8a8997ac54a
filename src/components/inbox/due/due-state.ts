import type { ClockKind, Due } from "#contracts/attributes";

export type DueState = {
  state: "running" | "warning" | "breached" | "paused";
  /** For a chip: "2h 05m", "12m", "3m over", "until Mon 09:00". */
  short: string;
  /** For a title and for who hears it: what is due, and when. */
  sentence: string;
};

export const clockNames: Record<ClockKind, string> = {
  first_response: "First response",
  next_response: "Next response",
  resolution: "Resolution",
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How a promise stands at a moment; `momentOf` words a time for its reader. */
export function dueState(due: Due, now: number, momentOf: (moment: string) => string): DueState {
  const name = clockNames[due.kind];
  const at = Date.parse(due.at);
  if (now >= at) {
    const over = span(now - at);
    return { state: "breached", short: `${over} over`, sentence: `${name} was due ${momentOf(due.at)}` };
  }
  if (due.pausedUntil !== undefined && now < Date.parse(due.pausedUntil)) {
    return {
      state: "paused",
      short: "paused",
      sentence: `${name} is paused until ${momentOf(due.pausedUntil)}, due ${momentOf(due.at)}`,
    };
  }
  return {
    state: now >= Date.parse(due.warnAt) ? "warning" : "running",
    short: span(at - now),
    sentence: `${name} is due ${momentOf(due.at)}`,
  };
}

/** How long, to the minute and with the seconds of the last one: "2h 05m", "12m", "42s", "3d". */
function span(milliseconds: number): string {
  if (milliseconds < minute) return `${Math.floor(milliseconds / 1_000)}s`;
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)}m`;
  if (milliseconds >= 2 * day) return `${Math.floor(milliseconds / day)}d`;
  const minutes = String(Math.floor((milliseconds % hour) / minute)).padStart(2, "0");
  return `${Math.floor(milliseconds / hour)}h ${minutes}m`;
}
