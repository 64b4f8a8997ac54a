import { expect, it } from "vitest";
import { durationTicks } from "#components/analytics/ticks.ts";

it("marks an axis of durations where clocks are marked, up to the largest", () => {
  expect(durationTicks(4.2)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(durationTicks(1_900)).toEqual([0, 600, 1_200, 1_800, 2_400]);
  expect(durationTicks(41_000)).toEqual([0, 10_800, 21_600, 32_400, 43_200]);
  expect(durationTicks(0)).toEqual([0, 1]);
});

it("has few marks however long it takes", () => {
  for (const days of [3, 11, 60, 365]) {
    const ticks = durationTicks(days * 86_400);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(days * 86_400);
  }
});
