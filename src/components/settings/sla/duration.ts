export type Unit = "minutes" | "hours" | "days";

export const unitMinutes: Record<Unit, number> = { minutes: 1, hours: 60, days: 1_440 };

/** The largest unit in which a duration is a whole number. */
export function unitOf(minutes: number): Unit {
  if (minutes % unitMinutes.days === 0) return "days";
  return minutes % unitMinutes.hours === 0 ? "hours" : "minutes";
}

/** A duration as it is said: "30 minutes", "4 hours", "1 h 30 min", "2 days". */
export function durationWords(minutes: number): string {
  const unit = unitOf(minutes);
  const count = minutes / unitMinutes[unit];
  if (unit === "minutes" && minutes > 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return count === 1 ? `1 ${unit.slice(0, -1)}` : `${count} ${unit}`;
}
