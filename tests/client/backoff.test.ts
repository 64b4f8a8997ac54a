import { describe, expect, it } from "vitest";
import { backoffDelay } from "#client/backoff";

describe("the waits between attempts", () => {
  it("double up to the cap and stay there without end", () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 1_000].map((failures) => backoffDelay(failures, 1));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it("use the full jitter, so that not all clients come back at once", () => {
    expect(backoffDelay(4, 0)).toBe(0);
    expect(backoffDelay(4, 0.5)).toBe(8_000);
  });
});
