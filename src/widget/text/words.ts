// Made once: every message tells its time, each time it is drawn.
const timeOfDay = new Intl.DateTimeFormat([], { timeStyle: "short" });

/** A time of day as the reader's machine writes it. */
export function timeOf(moment: string | number): string {
  return timeOfDay.format(new Date(moment));
}

/** "Today", "Yesterday", or the date. */
export function dayOf(moment: string, now: number): string {
  const day = new Date(moment);
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(day)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return day.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

/** The time of a moment of today, and the day of an older one. */
export function shortDayOf(moment: string, now: number): string {
  const day = new Date(moment);
  if (startOfDay(day) === startOfDay(new Date(now))) return timeOf(moment);
  return day.toLocaleDateString([], { day: "numeric", month: "short" });
}

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(number: number): string {
  const endings: Record<string, string> = { one: "st", two: "nd", few: "rd" };
  return `${number}${endings[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th"}`;
}

/** "about 4 min", "about 2 h". */
export function aboutLong(minutes: number | undefined): string | undefined {
  if (minutes === undefined) return undefined;
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}

/** "You are next" or "You are 2nd in line". */
export function placeInLine(position: number | undefined): string | undefined {
  if (position === undefined) return undefined;
  return position === 1 ? "You are next in line" : `You are ${ordinal(position)} in line`;
}

/** A size of a file, rounded for people. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The first letters of at most two words of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

/** Markdown as it would be read aloud. */
export function spoken(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n?/g, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[\d{1,2}\]/g, "")
    .replace(/^[\s>#*+-]+/gm, "")
    .replace(/[*_`~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
