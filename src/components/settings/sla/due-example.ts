import { type Schedule, type Weekday, weekdays } from "#contracts/office-hours";
import { addOpenTime } from "#contracts/open-time";
import { dayAfter, instantOf, localDay, weekdayOf } from "#contracts/wall-clock";

/** Whose clock a promise is measured on; absent hours run day and night. */
export type Clock = { timeZone: string; schedule: Schedule | undefined };

/** When a message is due that comes on the next such day at such a time; hours that never open count day and night. */
export function dueOf(
  clock: Clock,
  { day, time, minutes }: { day: Weekday; time: string; minutes: number },
  now: Date,
): Date {
  const from = nextMoment(clock.timeZone, day, time, now);
  const running = new Date(from.getTime() + minutes * 60_000);
  return (clock.schedule && addOpenTime(clock.schedule, from, minutes)) ?? running;
}

/** The next such day of the week, at such a time, on the clock of a zone. */
export function nextMoment(timeZone: string, day: Weekday, time: string, now: Date): Date {
  let date = localDay(timeZone, now.getTime());
  while (weekdays[weekdayOf(date)] !== day) date = dayAfter(date);
  return new Date(instantOf(timeZone, date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3))));
}

/** A moment as a preview says it: "Mon 10:30", with the date where it is more than a week away. */
export function shortMoment(timeZone: string, moment: Date, from: Date): string {
  const far = moment.getTime() - from.getTime() > 6 * 86_400_000;
  const day = far ? ({ day: "numeric", month: "short" } as const) : {};
  const options = {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...day,
  } as const;
  return new Intl.DateTimeFormat("en-GB", options).format(moment).replace(",", "");
}
