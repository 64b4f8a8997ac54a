import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Interval, Schedule } from "#contracts/office-hours";
import { addOpenTime, isOpen, nextChange, nextOpen, openBetween } from "#contracts/open-time";

const minute = 60_000;
const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const workday = [{ from: "09:00", to: "17:00" }];
const officeWeek = {
  ...closed,
  monday: workday,
  tuesday: workday,
  wednesday: workday,
  thursday: workday,
  friday: workday,
};

function hours(over: Partial<Schedule> = {}): Schedule {
  return Schedule.parse({ timeZone: "Europe/Berlin", week: officeWeek, holidays: [], ...over });
}
const at = (moment: string) => new Date(moment);

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
/** Intervals of a day that do not overlap and may touch each other, and midnight. */
const aDay = fc
  .uniqueArray(
    fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15),
    { maxLength: 6 },
  )
  .map((edges) => {
    const inOrder = [...edges].sort((a, b) => a - b);
    const intervals: Interval[] = [];
    for (let index = 0; index + 1 < inOrder.length; index += 2)
      intervals.push({ from: time(inOrder[index] ?? 0), to: time(inOrder[index + 1] ?? 0) });
    return intervals;
  });
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "UTC",
];
const aSchedule = fc.record({
  timeZone: fc.constantFrom(...zones),
  week: fc.record({
    monday: aDay,
    tuesday: aDay,
    wednesday: aDay,
    thursday: aDay,
    friday: aDay,
    saturday: aDay,
    sunday: aDay,
  }),
  holidays: fc.uniqueArray(
    fc.record({
      date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`),
      name: fc.constant("Holiday"),
      intervals: fc.option(aDay, { nil: undefined }),
    }),
    { maxLength: 3, selector: ({ date }) => date },
  ),
});
/** Moments around the changes of the clock in Europe and North America, before any clock shows an hour twice. */
const aMoment = fc
  .integer({ min: Date.parse("2026-03-01T00:00:00Z"), max: Date.parse("2026-04-03T00:00:00Z") })
  .map((ms) => new Date(Math.floor(ms / minute) * minute));

/** What the wall shows, said by Intl in another way than the program does. */
function wall(timeZone: string, moment: Date) {
  const text = moment.toLocaleString("sv-SE", { timeZone });
  const [date = "", clock = ""] = text.split(" ");
  const weekday = moment.toLocaleDateString("en-GB", { timeZone, weekday: "long" }).toLowerCase();
  return { date, clock: clock.slice(0, 5), weekday: weekday as keyof Schedule["week"] };
}

function isOpenByTheWall({ timeZone, week, holidays }: Schedule, moment: Date): boolean {
  const { date, clock, weekday } = wall(timeZone, moment);
  const holiday = holidays.find((day) => day.date === date);
  const intervals = holiday === undefined ? week[weekday] : (holiday.intervals ?? []);
  return intervals.some(({ from, to }) => from <= clock && clock < to);
}

describe("office hours", () => {
  it("are open when the clock on the wall says so", () => {
    fc.assert(
      fc.property(aSchedule, aMoment, (schedule, moment) => {
        expect(isOpen(schedule, moment)).toBe(isOpenByTheWall(schedule, moment));
      }),
      { numRuns: 600 },
    );
  });

  it("count between two moments just the minutes at which they are open", () => {
    fc.assert(
      fc.property(aSchedule, aMoment, fc.integer({ min: 0, max: 3_000 }), (schedule, from, length) => {
        const to = new Date(from.getTime() + length * minute);
        let counted = 0;
        for (let moment = from.getTime(); moment < to.getTime(); moment += 15 * minute) {
          const step = Math.min(15, (to.getTime() - moment) / minute);
          for (let one = 0; one < step; one += 1)
            if (isOpen(schedule, new Date(moment + one * minute))) counted += 1;
        }
        expect(openBetween(schedule, from, to)).toBe(counted);
      }),
      { numRuns: 40 },
    );
  });

  it("give back with adding what was counted, and end in an open minute", () => {
    fc.assert(
      fc.property(aSchedule, aMoment, fc.integer({ min: 1, max: 6_000 }), (schedule, from, minutes) => {
        const end = addOpenTime(schedule, from, minutes);
        if (end === undefined) {
          const years = new Date(from.getTime() + 5 * 366 * 24 * 60 * minute);
          // What an assertion answers is no verdict on the property.
          expect(openBetween(schedule, from, years)).toBeLessThan(minutes);
          return;
        }
        expect(openBetween(schedule, from, end)).toBeCloseTo(minutes, 6);
        expect(isOpen(schedule, new Date(end.getTime() - 1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("add in two steps as in one", () => {
    fc.assert(
      fc.property(
        aSchedule,
        aMoment,
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        (schedule, from, one, other) => {
          const middle = addOpenTime(schedule, from, one);
          if (middle === undefined) return;
          expect(addOpenTime(schedule, middle, other)).toEqual(addOpenTime(schedule, from, one + other));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("change exactly where they say they change next", () => {
    fc.assert(
      fc.property(aSchedule, aMoment, (schedule, moment) => {
        const change = nextChange(schedule, moment);
        if (change === undefined) return;
        const now = isOpen(schedule, moment);
        expect(isOpen(schedule, new Date(change.getTime() - 1))).toBe(now);
        expect(isOpen(schedule, change)).toBe(!now);
        expect(openBetween(schedule, moment, change)).toBe(
          now ? (change.getTime() - moment.getTime()) / minute : 0,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("make a message at Friday 16:30 with two hours due at Monday 10:30", () => {
    expect(addOpenTime(hours(), at("2026-11-27T15:30:00Z"), 120)).toEqual(at("2026-11-30T09:30:00Z"));
  });

  it("keep their time on the wall when the clocks change", () => {
    const sunday = hours({ week: { ...closed, sunday: [{ from: "01:00", to: "04:00" }] } });
    // In March the hour from two to three is skipped, in October it comes twice.
    expect(openBetween(sunday, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"))).toBe(120);
    expect(openBetween(sunday, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"))).toBe(240);
  });

  it("do not open for minutes that the wall never shows", () => {
    const skipped = hours({ week: { ...closed, sunday: [{ from: "02:15", to: "02:45" }] } });
    expect(openBetween(skipped, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"))).toBe(0);
  });

  it("go on through midnight without a break", () => {
    const night = hours({
      week: {
        ...closed,
        friday: [{ from: "22:00", to: "24:00" }],
        saturday: [{ from: "00:00", to: "06:00" }],
      },
    });
    expect(nextChange(night, at("2026-11-27T22:00:00Z"))).toEqual(at("2026-11-28T05:00:00Z"));
  });

  it("know the leap day", () => {
    const leap = hours({
      week: closed,
      holidays: [{ date: "2028-02-29", name: "Leap day", intervals: workday }],
    });
    expect(nextOpen(leap, at("2026-11-25T00:00:00Z"))).toEqual(at("2028-02-29T08:00:00Z"));
  });

  it("have no end where they never open, and never close where they always are", () => {
    expect(addOpenTime(hours({ week: closed }), at("2026-11-25T10:00:00Z"), 1)).toBeUndefined();
    expect(nextOpen(hours({ week: closed }), at("2026-11-25T10:00:00Z"))).toBeUndefined();
    const all = [{ from: "00:00", to: "24:00" }];
    const always = Object.fromEntries(Object.keys(closed).map((name) => [name, all])) as Schedule["week"];
    expect(nextChange(hours({ week: always }), at("2026-11-25T10:00:00Z"))).toBeUndefined();
  });

  it("close on holidays, or keep the hours such a day has", () => {
    const festive = hours({
      holidays: [
        { date: "2026-12-24", name: "Christmas Eve", intervals: [{ from: "09:00", to: "12:00" }] },
        { date: "2026-12-25", name: "Christmas Day" },
      ],
    });
    expect(openBetween(festive, at("2026-12-24T00:00:00Z"), at("2026-12-26T00:00:00Z"))).toBe(180);
  });
});

describe("what is no schedule", () => {
  const refused = (over: object) => Schedule.safeParse({ ...hours(), ...over }).error?.issues[0]?.message;

  it("is refused in a sentence", () => {
    const monday = (intervals: Interval[]) => refused({ week: { ...closed, monday: intervals } });
    expect(refused({ timeZone: "Mars/Olympus" })).toMatch(/time zone is not known/);
    expect(monday([{ from: "12:00", to: "09:00" }])).toMatch(/before closing/);
    expect(monday([{ from: "25:00", to: "26:00" }])).toMatch(/a time such as/);
    expect(
      monday([
        { from: "09:00", to: "12:00" },
        { from: "11:00", to: "15:00" },
      ]),
    ).toMatch(/overlap/);
    const twice = { date: "2026-12-24", name: "Eve" };
    expect(refused({ holidays: [twice, twice] })).toMatch(/twice/);
    expect(refused({ holidays: [{ date: "2026-02-30", name: "Never" }] })).toMatch(/a date such as/);
  });
});
