import { shownNumber as shown } from "#contracts/rule-words";
import type { Finding } from "./look.ts";

/** A measure of which several values in a row must reach a threshold. */
export type Run = {
  what: string;
  now: number;
  /** Oldest first. */
  earlier: readonly number[];
  threshold: number;
  consecutive: number;
  reaches: (value: number) => boolean;
  limit: string;
  /** The value that is no nearer to the threshold than any other. */
  far: number;
};

/** Holds the newest values against a threshold, and says by how much the run was too short or the value missed. */
export function lookAtRun(run: Run): Finding {
  const { what, now, earlier, threshold, consecutive, reaches, limit } = run;
  const all = [...earlier, now];
  const measured = { input: what, threshold, value: now };
  const length = all.length - 1 - all.findLastIndex((value) => !reaches(value));
  const said = `${capital(what)} is ${shown(now)}`;

  if (length >= consecutive) {
    const often = consecutive === 1 ? "" : ` ${consecutive} times in a row`;
    return { ...measured, state: "met", sentence: `${said}: ${limit}${often}.` };
  }
  const inARow = consecutive === 1 ? "" : `, ${length} of ${consecutive} in a row`;
  const missed = {
    ...measured,
    state: "missed" as const,
    closeness: closeness(all, run),
    nearly: `${shown(now)} where it takes ${shown(threshold)}${inARow}`,
  };
  if (length > 0) {
    const sentence = `${said}: ${limit} ${length} of ${consecutive} times in a row.`;
    const before = all.at(-1 - length);
    const missedBy = before === undefined ? undefined : round(Math.abs(before - threshold));
    return { ...missed, sentence, ...(missedBy === undefined ? {} : { missedBy }) };
  }
  const missedBy = round(Math.abs(now - threshold));
  return { ...missed, missedBy, sentence: `${said}: not ${limit}, missed by ${shown(missedBy)}.` };
}

// How near each of the newest values came, on average; one that is not there yet came not near at all.
function closeness(all: readonly number[], { threshold, consecutive, reaches, far }: Run): number {
  const span = Math.max(0.1, Math.abs(far - threshold));
  const near = all
    .slice(-consecutive)
    .map((value) => (reaches(value) ? 1 : Math.max(0, 1 - Math.abs(value - threshold) / span)));
  const sum = near.reduce((total, value) => total + value, 0);
  return Math.min(0.99, round(sum / consecutive));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
