import { type Interval, type Schedule, weekdays } from "./office-hours.ts";
import { dayAfter, instantOf, localDay, weekdayOf } from "./wall-clock.ts";

/** A stretch of open time, in milliseconds since 1970; `end` is closed already. */
type Span = { start: number; end: number };

const minute = 60_000;
const hour = 60 * minute;

/** Whoever is not open within so many days is never open as far as anybody waits for it. */
const horizon = 5 * 366;

/** Hours that stay open for so long are open day and night. */
const mostAhead = 60 * 24 * hour;

/** Says whether these hours are open at a moment. */
export function isOpen(schedule: Schedule, at: Date): boolean {
  return spanAt(schedule, at.getTime()) !== undefined;
}

/** The first open moment from `at` on, which is `at` itself while it is open; undefined for hours that never are. */
export function nextOpen(schedule: Schedule, at: Date): Date | undefined {
  for (const span of spansFrom(schedule, at.getTime())) return new Date(Math.max(span.start, at.getTime()));
  return undefined;
}

/** When open hours close or closed ones open; undefined where they do not open within five years, or close within two months. */
export function nextChange(schedule: Schedule, at: Date): Date | undefined {
  let end: number | undefined;
  for (const span of spansFrom(schedule, at.getTime())) {
    if (end === undefined && span.start > at.getTime()) return new Date(span.start);
    // Hours that touch midnight go on without a break.
    if (end !== undefined && span.start > end) return new Date(end);
    end = span.end;
    if (end - at.getTime() > mostAhead) return undefined;
  }
  return undefined;
}

/** The moment at which so many open minutes have passed since `from`; undefined where they do not within five years. */
export function addOpenTime(schedule: Schedule, from: Date, minutes: number): Date | undefined {
  let left = minutes * minute;
  if (left <= 0) return from;
  for (const { start, end } of spansFrom(schedule, from.getTime())) {
    const begin = Math.max(start, from.getTime());
    if (end - begin >= left) return new Date(begin + left);
    left -= end - begin;
  }
  return undefined;
}

/** How many open minutes lie between two moments. */
export function openBetween(schedule: Schedule, from: Date, to: Date): number {
  let open = 0;
  for (const { start, end } of spansFrom(schedule, from.getTime(), to.getTime())) {
    open += Math.max(0, Math.min(end, to.getTime()) - Math.max(start, from.getTime()));
  }
  return open / minute;
}

/** Says whether these hours are ever open from a moment on. */
export function isEverOpen(schedule: Schedule, at: Date): boolean {
  return nextOpen(schedule, at) !== undefined;
}

function spanAt(schedule: Schedule, at: number): Span | undefined {
  const day = localDay(schedule.timeZone, at);
  return spansOf(schedule, day).find(({ start, end }) => start <= at && at < end);
}

/** Every stretch that ends after `from`, in order. */
function* spansFrom(schedule: Schedule, from: number, to = Number.POSITIVE_INFINITY): Generator<Span> {
  if (isEmpty(schedule)) return;
  let day = localDay(schedule.timeZone, from);
  for (let days = 0; days < horizon || to !== Number.POSITIVE_INFINITY; days += 1) {
    for (const span of spansOf(schedule, day)) {
      if (span.start >= to) return;
      if (span.end > from) yield span;
    }
    day = dayAfter(day);
    // No day of any zone begins earlier than its date does fourteen hours east of Greenwich.
    if (Date.parse(`${day}T00:00:00Z`) - 14 * hour >= to) return;
  }
}

function isEmpty({ week, holidays }: Schedule): boolean {
  return (
    weekdays.every((name) => week[name].length === 0) &&
    holidays.every(({ intervals = [] }) => intervals.length === 0)
  );
}

const known = new WeakMap<Schedule, Map<string, Span[]>>();
const mostKnown = 4_000;

function spansOf(schedule: Schedule, day: string): Span[] {
  const days = known.get(schedule) ?? new Map<string, Span[]>();
  known.set(schedule, days);
  const found = days.get(day);
  if (found !== undefined) return found;
  const spans = intervalsOf(schedule, day)
    .map(({ from, to }) => ({
      start: instantOf(schedule.timeZone, day, minutesOf(from)),
      end: instantOf(schedule.timeZone, day, minutesOf(to)),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  if (days.size >= mostKnown) days.clear();
  days.set(day, spans);
  return spans;
}

function intervalsOf({ week, holidays }: Schedule, day: string): Interval[] {
  const holiday = holidays.find(({ date }) => date === day);
  if (holiday !== undefined) return holiday.intervals ?? [];
  const name = weekdays[weekdayOf(day)];
  return name === undefined ? [] : week[name];
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
