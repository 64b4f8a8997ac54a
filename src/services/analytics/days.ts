import { dayAfter, instantOf, localDay, weekdayOf } from "#contracts/wall-clock";
import { AppError } from "#lib/errors";

/** A day on the wall clock of a zone; `end` belongs to the next. */
export type Day = { date: string; start: Date; end: Date };

/** A first and a last day, both counted whole. */
export type Range = { from: string; to: string };

const dayLength = 24 * 60 * 60_000;
const usual = 30;
const longest = 731;

/** The range that was asked for: up to today where no end is said, and the usual 30 days where no beginning is. */
export function rangeOf(asked: { from?: string; to?: string }, zone: string, now: Date): Range {
  const to = asked.to ?? localDay(zone, now.getTime());
  const from = asked.from ?? dateOf(Date.parse(to) - (usual - 1) * dayLength);
  if (from > to || Date.parse(to) - Date.parse(from) >= longest * dayLength) {
    throw new AppError("invalid", "Choose a range that ends after it begins, of two years at most.");
  }
  return { from, to };
}

/** The days of a range, both ends counted whole. */
export function daysOf({ from, to }: Range, zone: string): Day[] {
  const days: Day[] = [];
  for (let date = from; date <= to; date = dayAfter(date)) {
    const start = new Date(instantOf(zone, date, 0));
    days.push({ date, start, end: new Date(instantOf(zone, dayAfter(date), 0)) });
  }
  return days;
}

/** The range of the same length that ends the day before another begins. */
export function rangeBefore({ from, to }: Range): Range {
  const length = Date.parse(to) - Date.parse(from);
  const last = Date.parse(from) - dayLength;
  return { from: dateOf(last - length), to: dateOf(last) };
}

/** The Monday of a date's week. */
export function weekOf(date: string): string {
  return dateOf(Date.parse(date) - weekdayOf(date) * dayLength);
}

function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
