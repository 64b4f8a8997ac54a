import { describe, expect, it } from "vitest";
import { sideBySide } from "#lib/side-by-side";

describe("work side by side", () => {
  it("is never more than was allowed, follows in order, and outlives a failure", async () => {
    const gate = sideBySide(3);
    const begun: number[] = [];
    let [running, most] = [0, 0];

    const ended = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        gate(async () => {
          begun.push(n);
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          if (n % 4 === 0) throw new Error("no");
          return n;
        }),
      ),
    );

    expect(most).toBe(3);
    expect(begun).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(5);
  });
});
