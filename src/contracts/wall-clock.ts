const minute = 60_000;
const day = 24 * 60 * minute;

/** The date on the wall at a moment, as in 2026-12-24. */
export function localDay(timeZone: string, at: number): string {
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 10);
}

/** The date after another. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10);
}

/** The weekday of a date; Monday is 0. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/**
 * The moment at which a wall clock shows so many minutes after the midnight of a date. What it shows twice in autumn
 * means the first time; what it skips in spring means the moment at which it skips.
 */
export function instantOf(timeZone: string, date: string, minutes: number): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * minute;
  const before = offsetAt(timeZone, wall - day);
  const after = offsetAt(timeZone, wall + day);
  const shown = [wall - before, wall - after].filter((at) => at + offsetAt(timeZone, at) === wall);
  return shown.length > 0 ? Math.min(...shown) : changeBetween(timeZone, wall - after, wall - before);
}

/** The moment between two at which the offset of the second begins. */
function changeBetween(timeZone: string, from: number, to: number): number {
  let low = from;
  let high = to;
  const wanted = offsetAt(timeZone, to);
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (middle <= low) break;
    if (offsetAt(timeZone, middle) === wanted) high = middle;
    else low = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the wall clock is ahead of Greenwich at a moment, in milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(whole)) parts[type] = value;
  const {
    year = "1970",
    month = "1",
    day: date = "1",
    hour = "0",
    minute: minutes = "0",
    second = "0",
  } = parts;
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minutes), Number(second)) -
    whole
  );
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}
