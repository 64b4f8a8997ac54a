import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Schedule } from "#contracts/office-hours";
import { measure, readOn, type SlaEntry, SlaFacts } from "#services/handover";

const minute = 60_000;
const start = Date.parse("2026-11-25T09:00:00Z");
const at = (minutes: number) => start + minutes * minute;
const empty = SlaFacts.parse({});
const targets = { firstResponse: 10, nextResponse: 20, resolution: 60 };
const asked: SlaEntry = { type: "state", at: at(0), state: "WAITING_HUMAN" };

const customer = (minutes: number): SlaEntry => ({ type: "customer", at: at(minutes) });
const operator = (minutes: number): SlaEntry => ({ type: "operator", at: at(minutes) });
const state = (minutes: number, to: "WITH_HUMAN" | "RESOLVED" | "ACTIVE" | "WAITING_HUMAN"): SlaEntry => ({
  type: "state",
  at: at(minutes),
  state: to,
});
const snooze = (minutes: number, snoozed: boolean): SlaEntry => ({
  type: "attributes",
  at: at(minutes),
  snoozed,
});

function clock(kind: string, entries: SlaEntry[], options: { now: number; schedule?: Schedule }) {
  const { clocks } = readOn(empty, entries);
  const facts = clocks.findLast((one) => one.kind === kind);
  const promised = { targets, schedule: options.schedule };
  return facts && measure(facts, promised, new Date(at(options.now)));
}
const inMinutes = (moment: Date | undefined) => moment && (moment.getTime() - start) / minute;

describe("the first response", () => {
  it("is due from the moment a person is asked for, warned of at three quarters, and met by their words", () => {
    const waiting = clock("first_response", [asked, state(2, "WITH_HUMAN")], { now: 5 });
    expect([inMinutes(waiting?.warnAt), inMinutes(waiting?.dueAt)]).toEqual([7.5, 10]);
    const answered = clock("first_response", [asked, state(2, "WITH_HUMAN"), operator(4)], { now: 30 });
    expect([inMinutes(answered?.metAt), answered?.brokenAt]).toEqual([4, undefined]);
  });

  it("is broken once its time is over, also where the answer came later", () => {
    expect(inMinutes(clock("first_response", [asked], { now: 11 })?.brokenAt)).toBe(10);
    const late = clock("first_response", [asked, operator(15)], { now: 30 });
    expect([inMinutes(late?.metAt), inMinutes(late?.brokenAt)]).toEqual([15, 10]);
  });

  it("does not begin anew when the conversation changes hands", () => {
    const entries = [asked, state(2, "WITH_HUMAN"), state(6, "WAITING_HUMAN"), state(8, "WITH_HUMAN")];
    expect(inMinutes(clock("first_response", entries, { now: 9 })?.dueAt)).toBe(10);
  });

  it("cannot be put off", () => {
    const put = clock("first_response", [asked, snooze(1, true)], { now: 3 });
    expect(inMinutes(put?.dueAt)).toBe(10);
  });

  it("ends, neither kept nor broken, where the AI goes on", () => {
    const over = clock("first_response", [asked, state(3, "ACTIVE")], { now: 50 });
    expect([over?.metAt, over?.brokenAt, inMinutes(over?.endedAt)]).toEqual([undefined, undefined, 3]);
  });
});

describe("the next response", () => {
  const talking = [asked, state(1, "WITH_HUMAN"), operator(2)];

  it("is due from the first of the customer's words that nobody has answered", () => {
    const entries = [...talking, customer(10), customer(15)];
    expect(inMinutes(clock("next_response", entries, { now: 16 })?.dueAt)).toBe(30);
  });

  it("stands still while the conversation is put off, and goes on with what was left", () => {
    const entries = [...talking, customer(10), snooze(15, true)];
    expect(clock("next_response", entries, { now: 100 })?.dueAt).toBeUndefined();
    const awake = clock("next_response", [...entries, snooze(200, false)], { now: 201 });
    expect(inMinutes(awake?.dueAt)).toBe(215);
  });

  it("runs on as soon as the customer writes, who wakes what was put off", () => {
    const entries = [...talking, customer(10), snooze(15, true), customer(50)];
    expect(inMinutes(clock("next_response", entries, { now: 51 })?.dueAt)).toBe(65);
  });
});

describe("the resolution", () => {
  it("does not count the time the customer takes", () => {
    const entries = [
      asked,
      state(1, "WITH_HUMAN"),
      operator(20),
      customer(500),
      operator(510),
      customer(900),
    ];
    expect(inMinutes(clock("resolution", entries, { now: 901 })?.dueAt)).toBe(930);
  });

  it("is met by closing it as solved", () => {
    const solved = clock("resolution", [asked, operator(5), state(9, "RESOLVED")], { now: 99 });
    expect([inMinutes(solved?.metAt), solved?.brokenAt]).toEqual([9, undefined]);
  });
});

describe("clocks in office hours", () => {
  const week = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
  const mornings = [{ from: "09:00", to: "09:08" }];
  const open = Schedule.parse({
    timeZone: "UTC",
    week: { ...week, wednesday: mornings, thursday: mornings },
  });

  it("stand still while nobody is there", () => {
    const day = 24 * 60;
    expect(inMinutes(clock("first_response", [asked], { now: 5, schedule: open })?.dueAt)).toBe(day + 2);
  });

  it("run day and night under hours that never are open", () => {
    const never = Schedule.parse({ timeZone: "UTC", week });
    expect(inMinutes(clock("first_response", [asked], { now: 5, schedule: never })?.dueAt)).toBe(10);
  });
});

describe("any log", () => {
  const anEntry = fc.oneof(
    fc.constantFrom("customer" as const, "operator" as const).map((type) => ({ type })),
    fc
      .constantFrom("ACTIVE", "WAITING_HUMAN", "WITH_HUMAN", "RESOLVED", "ABANDONED")
      .map((to) => ({ type: "state" as const, state: to as "ACTIVE" })),
    fc.boolean().map((snoozed) => ({ type: "attributes" as const, snoozed })),
  );
  const aLog = fc
    .array(fc.tuple(anEntry, fc.integer({ min: 0, max: 60 })), { maxLength: 30 })
    .map((steps) => {
      let moment = start;
      return steps.map(([entry, pause]): SlaEntry => {
        moment += pause * minute;
        return { ...entry, at: moment } as SlaEntry;
      });
    });

  it("reads the same in one piece and in many", () => {
    fc.assert(
      fc.property(aLog, fc.integer({ min: 0, max: 30 }), (log, cut) => {
        const whole = readOn(empty, log);
        const first = SlaFacts.parse(JSON.parse(JSON.stringify(readOn(empty, log.slice(0, cut)))));
        const { clocks, ...rest } = readOn(first, log.slice(cut));
        const { clocks: all, ...wanted } = whole;
        expect(rest).toEqual(wanted);
        for (const one of clocks) expect(all).toContainEqual(one);
        const running = (facts: SlaFacts["clocks"]) => facts.filter((one) => !one.metAt && !one.endedAt);
        expect(running(clocks)).toEqual(running(all));
      }),
      { numRuns: 400 },
    );
  });

  it("never has two clocks of one kind running, and none outside of people's hands", () => {
    fc.assert(
      fc.property(aLog, (log) => {
        const { clocks, human } = readOn(empty, log);
        const running = clocks.filter((one) => one.metAt === undefined && one.endedAt === undefined);
        expect(new Set(running.map(({ kind }) => kind)).size).toBe(running.length);
        if (!human) expect(running).toEqual([]);
        for (const { ran } of clocks) {
          const flat = ran.flatMap(([from, to]) => (to === null ? [from] : [from, to]));
          expect(flat).toEqual([...flat].sort((a, b) => a - b));
        }
      }),
      { numRuns: 400 },
    );
  });
});
