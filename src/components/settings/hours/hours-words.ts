import { type Schedule, type Weekday, weekdays } from "#contracts/office-hours";
import { isOpen, nextChange } from "#contracts/open-time";

/** The names of the days as a reader says them. */
export const dayNames: Record<Weekday, string> = {
  monday: "Monday",
  tuesday: "Tuesday",
  wednesday: "Wednesday",
  thursday: "Thursday",
  friday: "Friday",
  saturday: "Saturday",
  sunday: "Sunday",
};

const oneDay = 86_400_000;

/** How these hours stand at a moment, on their own clock: "Open now · closes at 18:00". */
export function openWords(schedule: Schedule, at: Date): { open: boolean; words: string } {
  const open = isOpen(schedule, at);
  const change = nextChange(schedule, at);
  if (change === undefined) return { open, words: open ? "Open day and night" : "Never open" };
  const moment = momentWords(schedule.timeZone, change, at);
  return { open, words: open ? `Open now · closes ${moment}` : `Closed now · opens ${moment}` };
}

/** A moment on the clock of a zone, as near as it needs to be said: "at 18:00", "Monday at 09:00", "4 January at 09:00". */
function momentWords(timeZone: string, moment: Date, now: Date): string {
  const time = at(timeZone, moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = (date: Date) => at(timeZone, date, { dateStyle: "short" });
  if (day(moment) === day(now)) return `at ${time}`;
  const apart = moment.getTime() - now.getTime();
  if (day(moment) === day(new Date(now.getTime() + oneDay))) return `tomorrow at ${time}`;
  if (apart > 0 && apart < 6 * oneDay) return `${at(timeZone, moment, { weekday: "long" })} at ${time}`;
  return `${at(timeZone, moment, { day: "numeric", month: "long" })} at ${time}`;
}

/** A week in one line: "Monday to Friday 09:00–17:00 · Saturday 10:00–14:00". */
export function weekWords(week: Schedule["week"]): string {
  const groups: { first: Weekday; last: Weekday; words: string }[] = [];
  for (const day of weekdays) {
    const words = intervalWords(week[day]);
    const before = groups.at(-1);
    if (before?.words === words) before.last = day;
    else groups.push({ first: day, last: day, words });
  }
  const open = groups.filter(({ words }) => words !== "");
  if (open.length === 0) return "Closed all week";
  return open
    .map(
      ({ first, last, words }) =>
        `${first === last ? dayNames[first] : `${dayNames[first]} to ${dayNames[last]}`} ${words}`,
    )
    .join(" · ");
}

/** The intervals of a day: "09:00–12:00, 13:00–17:00". */
function intervalWords(intervals: { from: string; to: string }[]): string {
  return intervals.map(({ from, to }) => `${from}–${to}`).join(", ");
}

function at(timeZone: string, moment: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(moment);
}
