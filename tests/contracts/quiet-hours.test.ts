import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertDefaults, QuietHours } from "#contracts/notifications";
import { quietUntil } from "#contracts/quiet-hours";

const quiet = (change: Partial<QuietHours>): QuietHours => ({ ...alertDefaults.quiet, on: true, ...change });
const until = (hours: QuietHours, at: string) => quietUntil(hours, new Date(at))?.toISOString();

describe("quiet hours", () => {
  const night = quiet({ from: "22:00", to: "07:00", timeZone: "Europe/Berlin" });

  it("go over midnight, on the operator's own clock", () => {
    expect(until(night, "2026-11-10T20:59:00Z")).toBeUndefined();
    expect(until(night, "2026-11-10T21:00:00Z")).toBe("2026-11-11T06:00:00.000Z");
    expect(until(night, "2026-11-11T05:59:59Z")).toBe("2026-11-11T06:00:00.000Z");
    expect(until(night, "2026-11-11T06:00:00Z")).toBeUndefined();
  });

  it("end when the clock says so, also in the nights in which it is changed", () => {
    expect(until(night, "2026-03-28T23:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until(night, "2026-10-24T23:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  it("hold all day on quiet days, and go on into the night after them", () => {
    const weekend = quiet({ ...night, days: [6, 7] });
    // Friday night, then Saturday, Sunday and its night.
    expect(until(weekend, "2026-11-13T22:00:00Z")).toBe("2026-11-16T06:00:00.000Z");
    expect(until(weekend, "2026-11-15T12:00:00Z")).toBe("2026-11-16T06:00:00.000Z");
  });

  it("may lie within one day", () => {
    const noon = quiet({ from: "12:00", to: "13:00", timeZone: "UTC" });
    expect(until(noon, "2026-11-10T12:30:00Z")).toBe("2026-11-10T13:00:00.000Z");
    expect(until(noon, "2026-11-10T13:00:00Z")).toBeUndefined();
  });

  it("hold never while they are switched off", () => {
    expect(until(quiet({ ...night, on: false, days: [1, 2, 3] }), "2026-11-10T23:00:00Z")).toBeUndefined();
  });

  it("are refused where they would be all day, all week or of no known place", () => {
    for (const change of [
      { to: "22:00" },
      { days: [1, 2, 3, 4, 5, 6, 7] },
      { timeZone: "Mars/Olympus" },
      { from: "25:00" },
    ])
      expect(QuietHours.safeParse(quiet({ from: "22:00", ...change })).success).toBe(false);
  });

  it("are over at the moment they name, and hold at each moment before it", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Pacific/Apia",
    );
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
    const moments = fc.date({
      min: new Date("2024-01-01"),
      max: new Date("2028-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.record({
          timeZone: zones,
          from: time,
          to: time,
          days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
        }),
        moments,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (given, at, share) => {
          fc.pre(given.from !== given.to);
          const hours = quiet(given);
          const end = quietUntil(hours, at);
          if (end === undefined) return;
          expect(end.getTime()).toBeGreaterThan(at.getTime());
          expect(end.getTime() - at.getTime()).toBeLessThan(8 * 86_400_000);
          expect(quietUntil(hours, end)).toBeUndefined();
          const between = new Date(at.getTime() + Math.floor((end.getTime() - at.getTime()) * share));
          expect(quietUntil(hours, between)).toEqual(end);
        },
      ),
      { numRuns: 300 },
    );
  });
});
