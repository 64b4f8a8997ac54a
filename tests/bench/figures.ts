/** The value below which this share of all values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of some values. */
export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** A median with the smallest and the largest of its repetitions. */
export function spread(values: number[]): string {
  if (values.length === 0) return "–";
  return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}

/** A number with as many digits as say something. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString("en-GB");
  if (size >= 10) return value.toFixed(1);
  return value.toFixed(2);
}

export type Side = "floor" | "bare" | "next" | "baton";

/** One measured thing: what each side needed, one value a repetition. */
export type Line = {
  name: string;
  unit: string;
  sides: Partial<Record<Side, number[]>>;
  goals: Goal[];
};

export type Goal = {
  /** What is wanted, in words. */
  words: string;
  /** Must the landing have it, or is it where we want to be? */
  kind: "needed" | "goal";
  value(line: Line): number;
  met(value: number): boolean;
};

/** Baton's median as a multiple of another side's. */
export function times(other: Side) {
  return (line: Line) => median(line.sides.baton ?? []) / median(line.sides[other] ?? []);
}

/** How much more Baton's median is than another side's. */
export function above(other: Side) {
  return (line: Line) => median(line.sides.baton ?? []) - median(line.sides[other] ?? []);
}

/** Gathers the values of one line over all repetitions. */
export class Gathered {
  readonly lines: Line[] = [];

  line(name: string, unit: string, goals: Goal[] = []): Line {
    const known = this.lines.find((line) => line.name === name);
    if (known !== undefined) return known;
    const line: Line = { name, unit, sides: {}, goals };
    this.lines.push(line);
    return line;
  }
}

/** Adds one repetition's value. */
export function add(line: Line, side: Side, value: number): void {
  const values = line.sides[side] ?? [];
  values.push(value);
  line.sides[side] = values;
}

/** A goal that asks for at most so much. */
export function atMost(
  kind: Goal["kind"],
  limit: number,
  words: string,
  value: (line: Line) => number,
): Goal {
  return { kind, words, value, met: (found) => found <= limit };
}

/** A goal that asks for at least so much. */
export function atLeast(
  kind: Goal["kind"],
  limit: number,
  words: string,
  value: (line: Line) => number,
): Goal {
  return { kind, words, value, met: (found) => found >= limit };
}
