import { describe, expect, it } from "vitest";
import type { Notice } from "#contracts/conversation";
import { widgetSource } from "#support/widget-source";

type Told = { notice?: Notice }[];

const { nobodyHere, nobodyThere } = await widgetSource<{
  nobodyThere: (state: { estimateMinutes?: number }, messages: Told) => Partial<Notice> | undefined;
  nobodyHere: (backAt: string | undefined, now: number) => string;
}>("text/nobody.ts");

const backAt = "2026-11-30T08:00:00.000Z";
const asked: Told[number] = { notice: { kind: "no_operators", backAt, asks: "email" } };

describe("a wait without anybody", () => {
  it("knows when somebody is back, and that an address is asked for, also after a reminder", () => {
    const reminder: Told[number] = { notice: { kind: "no_operators" } };
    expect(nobodyThere({}, [asked, reminder])).toEqual({ backAt, asks: "email" });
  });

  it("is over once somebody is there to make an estimate", () => {
    expect(nobodyThere({ estimateMinutes: 4 }, [asked])).toBeUndefined();
  });

  it("does not outlive the wait in which it was said", () => {
    expect(nobodyThere({}, [asked, { notice: { kind: "escalated" } }])).toBeUndefined();
  });

  it("is worded by what is known", () => {
    const now = Date.parse("2026-11-27T18:00:00Z");
    expect(nobodyHere(undefined, now)).toBe("Nobody is free at this moment");
    expect(nobodyHere(backAt, now)).toMatch(/^Nobody is here right now\. We are back .*Monday/);
    expect(nobodyHere(backAt, Date.parse(backAt) + 1)).toMatch(/^We are back/);
  });
});
