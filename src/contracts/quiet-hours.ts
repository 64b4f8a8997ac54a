import type { QuietHours } from "./notifications.ts";
import { dayAfter, instantOf, localDay, weekdayOf } from "./wall-clock.ts";

/** Quiet days end within a week, and each of them can be followed by a quiet night. */
const mostSpans = 16;

/** When the quiet that holds at a moment ends; undefined where none holds. */
export function quietUntil(quiet: QuietHours, at: Date): Date | undefined {
  if (!quiet.on) return undefined;
  let end = at.getTime();
  for (let spans = 0; spans < mostSpans; spans += 1) {
    const next = endOfSpan(quiet, end);
    if (next === undefined) break;
    end = next;
  }
  return end === at.getTime() ? undefined : new Date(end);
}

/** The end of the span that a moment lies in: a night, or a whole day. */
function endOfSpan({ from, to, days, timeZone }: QuietHours, at: number): number | undefined {
  const today = localDay(timeZone, at);
  const tomorrow = dayAfter(today);
  const start = minutesOf(from);
  const end = minutesOf(to);
  const moment = (date: string, minutes: number) => instantOf(timeZone, date, minutes);
  const ends: number[] = [];
  if (days.includes(weekdayOf(today) + 1)) ends.push(moment(tomorrow, 0));
  if (start < end) {
    if (moment(today, start) <= at) ends.push(moment(today, end));
  } else {
    ends.push(moment(today, end));
    if (moment(today, start) <= at) ends.push(moment(tomorrow, end));
  }
  const ahead = ends.filter((each) => each > at);
  return ahead.length === 0 ? undefined : Math.max(...ahead);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
