import { describe, expect, it } from "vitest";
import {
  newStep,
  type StepKind,
  stepNames,
  stepsInWords,
  wordsIn,
} from "#components/settings/canned/steps.ts";
import { MacroAction } from "#contracts/desk-actions";
import { idOf } from "#support/inbox-ids";

describe("the steps of a macro", () => {
  it("are said in a few words, with the names of people and teams", () => {
    const people = [
      { id: idOf(1), name: "Anna Okafor" },
      { id: idOf(2), name: "Returns" },
    ];
    expect(
      stepsInWords(
        [
          { kind: "reply", text: "Hello" },
          { kind: "tag", add: ["refund"], remove: ["new"] },
          { kind: "assign", to: { kind: "team", teamId: idOf(2) } },
          { kind: "assign", to: { kind: "operator", operatorId: idOf(9) } },
          { kind: "resolve" },
        ],
        people,
      ),
    ).toBe("reply, +refund −new, assign to Returns, assign to a colleague, resolve");
  });

  it("begin as what the server takes, but for the words that only their writer knows", () => {
    const whole = (Object.keys(stepNames) as StepKind[]).filter(
      (kind) => MacroAction.safeParse(newStep(kind)).success,
    );
    expect(whole.toSorted()).toEqual(["assign", "resolve", "snooze"]);
  });

  it("take words with commas between them, each once", () => {
    expect(wordsIn(" Refund, vip ,, refund")).toEqual(["refund", "vip"]);
    expect(wordsIn(" , ")).toEqual([]);
  });
});
