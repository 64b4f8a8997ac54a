import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fieldValue, snoozePresets, snoozeProblem } from "#components/inbox/snooze/presets.ts";

beforeEach(() => {
  process.env.TZ = "Europe/Berlin";
});
afterEach(() => {
  delete process.env.TZ;
});

/** The presets by the clock of Berlin. */
function at(moment: string) {
  const presets = snoozePresets(new Date(moment));
  return Object.fromEntries(presets.map(({ id, until }) => [id, fieldValue(until)]));
}

describe("when a conversation may come back", () => {
  it("is said by the clock of whoever looks", () => {
    // A Friday, 10:20 in Berlin.
    expect(at("2026-11-20T09:20:00Z")).toEqual({
      hour: "2026-11-20T11:20",
      today: "2026-11-20T13:00",
      tomorrow: "2026-11-21T09:00",
      monday: "2026-11-23T09:00",
      week: "2026-11-27T09:00",
    });
  });

  it("is not later today when the day is nearly over, and never later than its evening", () => {
    expect(at("2026-11-20T14:40:00Z").today).toBe("2026-11-20T18:00");
    expect(at("2026-11-20T16:00:00Z")).not.toHaveProperty("today");
    expect(at("2026-11-20T22:30:00Z")).not.toHaveProperty("today");
  });

  it("is this morning for whoever is up before it", () => {
    expect(at("2026-11-20T00:10:00Z")).toMatchObject({
      today: "2026-11-20T09:00",
      tomorrow: "2026-11-21T09:00",
    });
  });

  it("names Monday once: on a Sunday it is tomorrow", () => {
    expect(at("2026-11-22T09:00:00Z")).toMatchObject({ tomorrow: "2026-11-23T09:00" });
    expect(at("2026-11-22T09:00:00Z")).not.toHaveProperty("monday");
    expect(at("2026-11-23T09:00:00Z").monday).toBe("2026-11-30T09:00");
  });

  it("stays nine o'clock over a change to summer time", () => {
    const [tomorrow] = snoozePresets(new Date("2027-03-27T10:00:00Z")).filter(({ id }) => id === "tomorrow");
    expect(tomorrow?.until.toISOString()).toBe("2027-03-28T07:00:00.000Z");
  });

  it("is refused where it has passed, is no moment, or is too far away", () => {
    const now = new Date("2026-11-20T09:00:00Z");
    expect(snoozeProblem(new Date("2026-11-20T08:59:00Z"), now)).toContain("passed");
    expect(snoozeProblem(new Date(""), now)).toContain("Choose a day");
    expect(snoozeProblem(new Date("2028-01-01"), now)).toContain("within a year");
    expect(snoozeProblem(new Date("2026-11-21T08:00:00Z"), now)).toBeUndefined();
  });
});
