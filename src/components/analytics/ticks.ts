const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 14].map((days) => days * day),
];

/** Where an axis of seconds is marked: at five round durations at most, the last at or above the largest value. */
export function durationTicks(largest: number): number[] {
  const step = steps.find((each) => largest <= each * 5) ?? Math.ceil(largest / 5 / day) * day;
  return Array.from({ length: Math.max(1, Math.ceil(largest / step)) + 1 }, (_, at) => at * step);
}
