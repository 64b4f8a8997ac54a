const minute = 60_000;

/** The day of the week and the time of day in a time zone. */
export function timeThere(now: number, timeZone: string): string {
  const options = { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" } as const;
  return new Date(now).toLocaleTimeString(undefined, options);
}

/** How far a time zone is from the reader's own: "same as yours", "5 h 30 min ahead of you", "8 h behind you". */
export function shiftWords(now: number, timeZone: string, own?: string): string {
  const minutes = minutesIn(now, timeZone) - minutesIn(now, own);
  if (minutes === 0) return "same as yours";
  const passed = Math.abs(minutes);
  const hours = passed >= 60 ? [`${Math.floor(passed / 60)} h`] : [];
  const rest = passed % 60 > 0 ? [`${passed % 60} min`] : [];
  return `${[...hours, ...rest].join(" ")} ${minutes > 0 ? "ahead of" : "behind"} you`;
}

/** The wall clock of a place in minutes, as though it were the world's. */
function minutesIn(now: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute")) / minute;
}
