import { describe, expect, it } from "vitest";
import { factsOf, inOrder } from "#components/queue/board-facts.ts";
import { estimateWords } from "#components/queue/estimate-words.ts";
import { openWords, weekWords } from "#components/settings/hours/hours-words.ts";
import { following } from "#components/settings/hours/interval-fields.tsx";
import { findZones } from "#components/settings/hours/zones.ts";
import { targetOfValue, valueOfTarget } from "#components/settings/routing/chain-targets.ts";
import { chainTimes, clockUnit, clockWords } from "#components/settings/routing/clock.ts";
import { dueOf, nextMoment, shortMoment } from "#components/settings/sla/due-example.ts";
import { durationWords, unitOf } from "#components/settings/sla/duration.ts";
import { clockOf, keptShare, matchWords, promiseWords } from "#components/settings/sla/policy-words.ts";
import { findLanguages } from "#components/settings/teams/languages.ts";
import type { Schedule } from "#contracts/office-hours";
import { berlinHours, boardAt, operators } from "#support/desk-settings-data";

const { schedule } = berlinHours;
const workdays: Schedule = {
  ...schedule,
  timeZone: "Europe/Berlin",
  week: {
    ...schedule.week,
    monday: [{ from: "09:00", to: "17:00" }],
    friday: [{ from: "09:00", to: "17:00" }],
  },
};

describe("office hours in words", () => {
  it("says until when it is open on the hours' own clock", () => {
    expect(openWords(schedule, new Date("2026-11-23T14:00:00Z"))).toEqual({
      open: true,
      words: "Open now · closes at 18:00",
    });
  });

  it("names the day on which it opens", () => {
    const words = (at: string) => openWords(schedule, new Date(at)).words;
    expect(words("2026-11-23T18:00:00Z")).toBe("Closed now · opens tomorrow at 09:00");
    expect(words("2026-11-27T18:00:00Z")).toBe("Closed now · opens Monday at 09:00");
    expect(words("2026-12-31T18:00:00Z")).toBe("Closed now · opens Monday at 09:00");
  });

  it("says so when hours never open, or never close", () => {
    const always = [{ from: "00:00", to: "24:00" }];
    const week = (intervals: typeof always) => ({
      monday: intervals,
      tuesday: intervals,
      wednesday: intervals,
      thursday: intervals,
      friday: intervals,
      saturday: intervals,
      sunday: intervals,
    });
    const now = new Date("2026-11-23T14:00:00Z");
    expect(openWords({ timeZone: "UTC", holidays: [], week: week([]) }, now).words).toBe("Never open");
    expect(openWords({ timeZone: "UTC", holidays: [], week: week(always) }, now).words).toBe(
      "Open day and night",
    );
  });

  it("joins days that are alike", () => {
    expect(weekWords(schedule.week)).toBe("Monday to Thursday 09:00–12:30, 13:30–18:00 · Friday 09:00–17:00");
  });

  it("offers further hours after the last, until the day ends", () => {
    expect(following([])).toEqual({ from: "09:00", to: "17:00" });
    expect(following([{ from: "09:00", to: "12:00" }])).toEqual({ from: "13:00", to: "17:00" });
    expect(following([{ from: "09:00", to: "21:00" }])).toEqual({ from: "22:00", to: "24:00" });
  });

  it("finds a zone by the beginning of its city, the reader's own first", () => {
    expect(findZones("new y", "Europe/Berlin")).toContain("America/New_York");
    expect(findZones("", "Asia/Tokyo")[0]).toBe("Asia/Tokyo");
    expect(findZones("nowhere at all", "UTC")).toEqual([]);
  });
});

describe("the example of a service level", () => {
  const now = new Date("2026-11-25T10:00:00Z");
  const clock = { timeZone: "Europe/Berlin", schedule: workdays };
  const friday = { day: "friday", time: "16:30" } as const;

  it("says that a message at Fri 16:30 is due Mon 10:30 where two hours are promised", () => {
    const due = dueOf(clock, { ...friday, minutes: 120 }, now);
    const from = nextMoment("Europe/Berlin", "friday", "16:30", now);
    expect(shortMoment("Europe/Berlin", due, from)).toBe("Mon 10:30");
  });

  it("runs day and night where no hours are set, or they never open", () => {
    const due = (schedule: Schedule | undefined) =>
      dueOf({ timeZone: "Europe/Berlin", schedule }, { ...friday, minutes: 120 }, now).toISOString();
    const closed = {
      monday: [],
      tuesday: [],
      wednesday: [],
      thursday: [],
      friday: [],
      saturday: [],
      sunday: [],
    };
    expect(due(undefined)).toBe("2026-11-27T17:30:00.000Z");
    expect(due({ ...workdays, week: closed, holidays: [] })).toBe("2026-11-27T17:30:00.000Z");
  });

  it("gives the date of what is due after more than a week", () => {
    const due = dueOf(clock, { ...friday, minutes: 4_800 }, now);
    expect(shortMoment("Europe/Berlin", due, nextMoment("Europe/Berlin", "friday", "16:30", now))).toMatch(
      /Dec/,
    );
  });

  it("keeps the clock of the hours that are chosen", () => {
    expect(clockOf({ kind: "office" }, [berlinHours], "UTC").schedule).toBe(schedule);
    expect(clockOf({ kind: "always" }, [berlinHours], "UTC")).toEqual({
      timeZone: "Europe/Berlin",
      schedule: undefined,
    });
    expect(clockOf({ kind: "office" }, [], "Asia/Tokyo")).toEqual({
      timeZone: "Asia/Tokyo",
      schedule: undefined,
    });
  });
});

describe("service levels in words", () => {
  it("says a duration in its largest whole unit", () => {
    expect([45, 60, 90, 1_440, 2_880].map(durationWords)).toEqual([
      "45 minutes",
      "1 hour",
      "1 h 30 min",
      "1 day",
      "2 days",
    ]);
    expect([45, 240, 1_440].map(unitOf)).toEqual(["minutes", "hours", "days"]);
  });

  it("says what is promised, to whom, and how well it was kept", () => {
    expect(promiseWords({ firstResponse: 30, resolution: 2_880 })).toBe(
      "First response in 30 minutes · resolution in 2 days",
    );
    expect(matchWords({}, String)).toBe("All conversations");
    expect(matchWords({ channels: ["whatsapp", "web"], tags: ["vip"] }, String)).toBe(
      "WhatsApp or Web chat, #vip",
    );
    expect(keptShare({ met: 97, breached: 3 })).toBe(97);
    expect(keptShare({ met: 0, breached: 0 })).toBeUndefined();
  });
});

describe("the acceptance chain", () => {
  it("adds its clocks up", () => {
    const step = (seconds: number) => ({ to: { kind: "push" } as const, seconds });
    expect(chainTimes(30, [step(45), step(120)])).toEqual({ begins: [30, 75], ends: 195 });
    expect([0, 45, 90, 3_600].map(clockWords)).toEqual(["0 s", "45 s", "1 min 30 s", "1 h"]);
    expect([45, 120, 7_200].map(clockUnit)).toEqual(["seconds", "minutes", "hours"]);
  });

  it("brings back each target as it was chosen", () => {
    for (const to of [
      { kind: "operator" },
      { kind: "operator", operatorId: "a" },
      { kind: "team", teamId: "b" },
      { kind: "push" },
      { kind: "email" },
    ] as const)
      expect(targetOfValue(valueOfTarget(to))).toEqual(to);
  });
});

describe("the queue in numbers", () => {
  it("counts who waits too long and how much room there is", () => {
    const now = Date.parse("2026-11-23T14:00:00Z");
    expect(factsOf(boardAt(now), now)).toEqual({
      waiting: 2,
      longestSince: "2026-11-23T13:46:00.000Z",
      late: 1,
      online: 2,
      room: 2,
    });
  });

  it("puts those who are there first, and of them those with room", () => {
    expect(inOrder(operators).map(({ name }) => name)).toEqual([
      "Ana Duarte",
      "Ben Okafor",
      "سارة",
      "Chen Wei",
    ]);
  });

  it("says how far estimates were off, and to which side", () => {
    expect(estimateWords({ samples: 0, recent: [] })).toHaveLength(1);
    expect(estimateWords({ samples: 42, medianErrorMinutes: 1.6, biasMinutes: -3, recent: [] })).toEqual([
      "Half of the 42 waits that were told came within 2 minutes of the estimate.",
      "People mostly waited less than they were told, by 3 minutes.",
    ]);
  });
});

describe("languages", () => {
  it("are found by name or code, without those chosen", () => {
    expect(findLanguages("ger", [])[0]).toBe("de");
    expect(findLanguages("de", [])[0]).toBe("de");
    expect(findLanguages("ger", ["de"])).not.toContain("de");
    expect(findLanguages("", [])).toEqual([]);
  });
});
