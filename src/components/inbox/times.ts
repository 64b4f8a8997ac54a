const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Made once: whoever asks a date itself for its words has a formatter made each time.
const words = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options);
const weekday = words({ weekday: "short" });
const dayOfMonth = words({ day: "numeric", month: "short" });
const wholeDay = words({ weekday: "long", day: "numeric", month: "long" });
const wholeDate = words({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const timeOfDay = words({ timeStyle: "short" });
const wholeMoment = words({ dateStyle: "medium", timeStyle: "short" });

/** How long it has been, short and exact enough to tick: "42s", "4m 12s", "2h 05m", "3d". */
export function elapsed(since: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(since));
  const two = (value: number) => String(value).padStart(2, "0");
  if (passed < minute) return `${Math.floor(passed / 1_000)}s`;
  if (passed < hour) return `${Math.floor(passed / minute)}m ${two(Math.floor((passed % minute) / 1_000))}s`;
  if (passed < day) return `${Math.floor(passed / hour)}h ${two(Math.floor((passed % hour) / minute))}m`;
  return `${Math.floor(passed / day)}d`;
}

/** How much time there is until a moment, ticking: "42s", "4m 12s"; "0s" once it has passed. */
export function left(until: string, now: number): string {
  return elapsed(new Date(now).toISOString(), Date.parse(until));
}

/** How long ago, in one word for a list: "now", "5m", "3h", "Mon", "12 Oct". */
export function ago(moment: string, now: number): string {
  const then = new Date(moment);
  const passed = now - then.getTime();
  if (passed < minute) return "now";
  if (passed < hour) return `${Math.floor(passed / minute)}m`;
  if (passed < day) return `${Math.floor(passed / hour)}h`;
  return (passed < 6 * day ? weekday : dayOfMonth).format(then);
}

/** The time of day. */
export function clock(moment: string): string {
  return timeOfDay.format(new Date(moment));
}

/** The day as a divider says it. */
export function dayName(moment: string, now: number): string {
  const then = new Date(moment);
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(then)) / day);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (then.getFullYear() === new Date(now).getFullYear() ? wholeDay : wholeDate).format(then);
}

/** A whole moment, for titles and details. */
export function fullMoment(moment: string): string {
  return wholeMoment.format(new Date(moment));
}

/** A moment of these days as it is said: "16:30", "Mon 09:00", "12 Oct, 09:00". */
export function nearMoment(moment: string, now: number): string {
  const then = new Date(moment);
  const days = Math.round((startOfDay(then) - startOfDay(new Date(now))) / day);
  if (days === 0) return clock(moment);
  if (Math.abs(days) < 7) return `${weekday.format(then)} ${clock(moment)}`;
  return `${dayOfMonth.format(then)}, ${clock(moment)}`;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
