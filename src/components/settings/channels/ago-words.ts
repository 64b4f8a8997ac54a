const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

/** How long ago a moment was, as one would say it: "just now", "5 min ago", "3 h ago", "2 days ago", "12 Oct". */
export function agoWords(moment: string, now: number): string {
  const passed = now - Date.parse(moment);
  if (passed < minute) return "just now";
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  if (passed < 2 * day) return "yesterday";
  if (passed < 14 * day) return `${Math.floor(passed / day)} days ago`;
  return date.format(Date.parse(moment));
}
