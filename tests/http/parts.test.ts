import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Part, startParts } from "#http/boot/part";

describe("the parts of a process", () => {
  const noted = () => {
    const steps: string[] = [];
    const part = (name: string, more: Partial<Part> = {}): Part => ({
      name,
      start: () => void steps.push(`start ${name}`),
      stop: () => void steps.push(`stop ${name}`),
      ...more,
    });
    return { steps, part };
  };

  it("start in order, drain together, and stop in reverse", async () => {
    const { steps, part } = noted();
    const drain = (name: string) => async () => {
      steps.push(`drain ${name}`);
      await pause(20);
      steps.push(`drained ${name}`);
    };
    const running = await startParts([part("a", { drain: drain("a") }), part("b", { drain: drain("b") })]);
    await Promise.all([running.stop(), running.stop()]);
    expect(steps).toEqual([
      "start a",
      "start b",
      "drain b",
      "drain a",
      "drained b",
      "drained a",
      "stop b",
      "stop a",
    ]);
  });

  it("stop what already runs when one cannot start", async () => {
    const { steps, part } = noted();
    const failing = part("c", { start: () => Promise.reject(new Error("no")) });
    await expect(startParts([part("a"), part("b"), failing])).rejects.toThrow("no");
    expect(steps).toEqual(["start a", "start b", "stop b", "stop a"]);
  });

  it("end although one of them throws or hangs", { timeout: 12_000 }, async () => {
    const { steps, part } = noted();
    const throwing = part("b", { stop: () => Promise.reject(new Error("no")) });
    const hanging = part("c", { stop: () => new Promise(() => undefined) });
    const running = await startParts([part("a"), throwing, hanging]);
    await running.stop();
    expect(steps.at(-1)).toBe("stop a");
  });
});
