export type SnoozePreset = { id: string; label: string; until: Date };

const hour = 60 * 60_000;
const soon = 3 * hour;
const morning = 9;
const evening = 18;
/** Before it, the day has not begun for whoever works. */
const dawn = 6;

/**
 * When a conversation may come back, as people say it, by the clock of whoever looks. What has no sense now is left
 * out: nothing is "later today" shortly before the day's end.
 */
export function snoozePresets(now: Date): SnoozePreset[] {
  const tomorrow = at(now, 1, morning);
  const monday = at(now, daysTo(now, 1), morning);
  return [
    { id: "hour", label: "In an hour", until: new Date(now.getTime() + hour) },
    ...todays(now),
    { id: "tomorrow", label: "Tomorrow", until: tomorrow },
    ...(monday.getTime() === tomorrow.getTime() ? [] : [{ id: "monday", label: "Monday", until: monday }]),
    { id: "week", label: "In a week", until: at(now, 7, morning) },
  ];
}

function todays(now: Date): SnoozePreset[] {
  if (now.getHours() < dawn) return [{ id: "today", label: "This morning", until: at(now, 0, morning) }];
  const later = fullHour(new Date(now.getTime() + soon));
  const until = new Date(Math.min(later.getTime(), at(now, 0, evening).getTime()));
  return until.getTime() - now.getTime() > 1.5 * hour ? [{ id: "today", label: "Later today", until }] : [];
}

/** A moment as a field for date and time shows it, by the clock of whoever looks. */
export function fieldValue(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What is wrong with a chosen moment; undefined where nothing is. */
export function snoozeProblem(until: Date, now: Date): string | undefined {
  if (Number.isNaN(until.getTime())) return "Choose a day and a time.";
  if (until <= now) return "This moment has passed already.";
  if (until.getTime() - now.getTime() > 366 * 24 * hour) return "Choose a moment within a year.";
  return undefined;
}

/** A time of day some days from now. Set by the calendar, so that a change to summer time does not move it. */
function at(now: Date, days: number, hours: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hours);
}

function daysTo(now: Date, weekday: number): number {
  return ((weekday - now.getDay() + 6) % 7) + 1;
}

function fullHour(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours());
}
