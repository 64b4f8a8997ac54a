import { describe, expect, it } from "vitest";
import { dueState } from "#components/inbox/due/due-state.ts";
import type { Due } from "#contracts/attributes";

const start = Date.parse("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
const due: Due = { kind: "first_response", since: at(0), warnAt: at(45), at: at(60) };
const state = (given: Due, minutes: number) =>
  dueState(given, start + minutes * 60_000, (moment) => moment.slice(11, 16));

describe("the clock of a promise", () => {
  it("says how long there is, and warns from three quarters of its time on", () => {
    expect(state(due, 0)).toMatchObject({ state: "running", short: "1h 00m" });
    expect(state(due, 44.9)).toMatchObject({ state: "running", short: "15m" });
    expect(state(due, 45)).toMatchObject({ state: "warning", short: "15m" });
    expect(state(due, 59.5)).toMatchObject({ state: "warning", short: "30s" });
  });

  it("says from its end on for how long it is broken", () => {
    expect(state(due, 60)).toMatchObject({ state: "breached", short: "0s over" });
    expect(state(due, 64)).toMatchObject({
      state: "breached",
      short: "4m over",
      sentence: "First response was due 13:00",
    });
  });

  it("stands still outside office hours, and runs on after them", () => {
    const paused = { ...due, pausedUntil: at(30) };
    expect(state(paused, 10)).toMatchObject({
      state: "paused",
      sentence: "First response is paused until 12:30, due 13:00",
    });
    expect(state(paused, 30)).toMatchObject({ state: "running", short: "30m" });
  });

  it("counts days where hours would say little", () => {
    expect(state({ ...due, warnAt: at(5_000), at: at(3 * 24 * 60 + 30) }, 0).short).toBe("3d");
  });
});
