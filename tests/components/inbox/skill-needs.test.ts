import { describe, expect, it } from "vitest";
import { choicesOf, holdersOf, withNeed, withoutNeed } from "#components/inbox/details/skill-needs.ts";
import { colleagues } from "#support/inbox-desk";

describe("the skills that a conversation needs", () => {
  it("are each asked for once, and change their level where they stand", () => {
    expect(withNeed(["refunds", "customs"], { name: "refunds", level: 4 })).toEqual(["refunds:4", "customs"]);
    expect(withNeed(["refunds:4"], { name: "refunds", level: 1 })).toEqual(["refunds"]);
    expect(withNeed(["refunds"], { name: "customs", level: 1 })).toEqual(["refunds", "customs"]);
    expect(withoutNeed(["refunds:4", "customs"], "refunds")).toEqual(["customs"]);
  });

  it("are offered as colleagues have them, the commonest first, without those that are needed", () => {
    expect(choicesOf([], colleagues, "")).toEqual([
      { name: "refunds", holders: 2 },
      { name: "customs", holders: 1 },
    ]);
    expect(choicesOf(["refunds:3"], colleagues, "")).toEqual([{ name: "customs", holders: 1 }]);
  });

  it("can be a new word, though nobody has it and never one that reads as a level", () => {
    expect(choicesOf([], colleagues, " Legal ")).toEqual([{ name: "legal", holders: 0 }]);
    expect(choicesOf([], colleagues, "refunds:3")).toEqual([]);
    expect(choicesOf(["legal"], colleagues, "legal")).toEqual([]);
  });

  it("count only who has them well enough", () => {
    expect(holdersOf({ name: "refunds", level: 3 }, colleagues)).toBe(1);
  });
});
