import type { BacktestReport, HourLoad } from "#contracts/backtests";
import type { Course, Moment } from "./replay.ts";

const HOURS = 168;
const WEEK = 7 * 24 * 3_600_000;
const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Tells which hour of the week a moment lies in, from 0 (Monday, midnight) to 167, by the clocks of one time zone. */
export class HourOfWeek {
  readonly timeZone: string;
  readonly #clock: Intl.DateTimeFormat;
  readonly #known = new Map<number, number>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      hourCycle: "h23",
    });
  }

  of(at: Date): number {
    // Clocks differ by quarters of an hour, so a quarter has one answer; asking the calendar is slow.
    const quarter = Math.floor(at.getTime() / 900_000);
    const known = this.#known.get(quarter);
    if (known !== undefined) return known;
    const parts = this.#clock.formatToParts(at);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    const hour = days.indexOf(part("weekday")) * 24 + Number(part("hour"));
    this.#known.set(quarter, hour);
    return hour;
  }
}

type Counts = Omit<HourLoad, "day" | "hour" | "staff">;

/** How many people the rules call to the queue, hour by hour of the week, and who was there to answer. */
export class Load {
  readonly #hours: HourOfWeek;
  readonly #counts: Counts[] = Array.from({ length: HOURS }, () => ({
    before: 0,
    after: 0,
    offersBefore: 0,
    offersAfter: 0,
  }));
  readonly #seen = new Set<string>();

  constructor(hours: HourOfWeek) {
    this.#hours = hours;
  }

  count(then: Course, now: Course): void {
    this.#add("before", then.called);
    this.#add("after", now.called);
    this.#add("offersBefore", offerOf(then));
    this.#add("offersAfter", offerOf(now));
  }

  sawOperator(operatorId: string, hour: string): void {
    this.#seen.add(`${hour} ${operatorId}`);
  }

  report({ members, from, to }: { members: number; from: number; to: number }): BacktestReport["load"] {
    const weeks = to > from ? Math.max(1, (to - from) / WEEK) : 1;
    const active = new Array<number>(HOURS).fill(0);
    for (const line of this.#seen) {
      const hour = this.#hours.of(new Date(line.slice(0, line.indexOf(" "))));
      active[hour] = (active[hour] ?? 0) + 1;
    }
    const known = this.#seen.size > 0;
    return {
      timeZone: this.#hours.timeZone,
      weeks: rounded(weeks),
      staffing: known ? "active" : "members",
      hours: this.#counts.map((counts, at) => ({
        day: Math.floor(at / 24),
        hour: at % 24,
        ...counts,
        staff: known ? rounded((active[at] ?? 0) / Math.ceil(weeks)) : members,
      })),
    };
  }

  #add(side: keyof Counts, moment: Moment | undefined): void {
    if (moment === undefined) return;
    const counts = this.#counts[this.#hours.of(moment.turn.at)];
    if (counts !== undefined) counts[side] += 1;
  }
}

function offerOf({ brought }: Course): Moment | undefined {
  return brought?.outcome === "offer" ? brought : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
