import type { ChainStep } from "#contracts/desk";

export type ClockUnit = "seconds" | "minutes" | "hours";

export const unitSeconds: Record<ClockUnit, number> = { seconds: 1, minutes: 60, hours: 3_600 };

/** The unit in which somebody would say so many seconds. */
export function clockUnit(seconds: number): ClockUnit {
  if (seconds > 0 && seconds % unitSeconds.hours === 0) return "hours";
  return seconds > 0 && seconds % unitSeconds.minutes === 0 ? "minutes" : "seconds";
}

/** So many seconds as they are said: "45 s", "2 min", "1 min 30 s", "1 h". */
export function clockWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), "h"],
    [Math.floor((seconds % 3_600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const said = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`]));
  return said.length === 0 ? "0 s" : said.join(" ");
}

/** When each step of a chain begins, and when the last one ends, in seconds from when a person is asked for. */
export function chainTimes(after: number, chain: ChainStep[]): { begins: number[]; ends: number } {
  const begins: number[] = [];
  let at = after;
  for (const { seconds } of chain) {
    begins.push(at);
    at += seconds;
  }
  return { begins, ends: at };
}
