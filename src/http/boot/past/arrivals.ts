import { dayAfter, instantOf, localDay, weekdayOf } from "#contracts/wall-clock";
import { pickWeighted } from "#lib/seeded";

const hour = 60 * 60_000;
const day = 24 * hour;

/** How many come at each hour of a working day, beside each other: the morning, the lunch break, the evening on the sofa. */
const hours = [2, 1, 1, 1, 1, 2, 4, 10, 26, 38, 42, 40, 44, 36, 30, 32, 34, 36, 36, 34, 24, 18, 9, 4];
/** How busy each weekday is, from Monday on. */
const weekdays = [1.25, 1.1, 1, 1, 0.9, 0.5, 0.42];
const usualDay = 13;
/** The Tuesday and Wednesday on which the carrier was late, in the week before the last. */
const lateWeekdays = [1, 2];

/** A customer who comes, and whether it is on one of the days on which parcels are late. */
export type Arrival = { at: Date; late: boolean };

/**
 * When customers came in the days up to a moment, oldest first: full weekdays, quiet weekends, a busy day or two while the
 * carrier was late, and a few more from week to week.
 */
export function arrivalsUntil(
  now: Date,
  { days, zone }: { days: number; zone: string },
  random: () => number,
) {
  const today = localDay(zone, now.getTime());
  const found: Arrival[] = [];
  let date = localDay(zone, now.getTime() - days * day);
  for (let ago = days; date <= today; ago -= 1, date = dayAfter(date)) {
    const weekday = weekdayOf(date);
    const late = lateWeekdays.includes(weekday) && ago > 7 && ago <= 14;
    const grown = 1 + 0.18 * (1 - ago / days);
    const busy = (weekdays[weekday] ?? 1) * grown * (late ? 1.8 : 1) * (0.85 + random() * 0.3);
    for (let left = Math.round(usualDay * busy); left > 0; left -= 1) {
      const clock = pickWeighted(random, [...hours.keys()], (each) => hours[each] ?? 0);
      const at =
        instantOf(zone, date, Math.floor(clock * 60 + random() * 60)) + Math.floor(random() * 60_000);
      // The last hours are left to what is told apart.
      if (at < now.getTime() - 4 * hour) found.push({ at: new Date(at), late });
    }
  }
  return found.sort((a, b) => a.at.getTime() - b.at.getTime());
}
