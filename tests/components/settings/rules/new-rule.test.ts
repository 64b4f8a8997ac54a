import { describe, expect, it } from "vitest";
import {
  addable,
  conditionOf,
  inOrder,
  moved,
  newFact,
  newRule,
  partsOf,
} from "#components/settings/rules/new-rule.ts";
import { Condition, type Fact } from "#contracts/conditions";
import { Rules } from "#contracts/escalation";

const kinds: Fact["on"][] = [
  "channel",
  "language",
  "topic",
  "office_hours",
  "attribute",
  "sentiment",
  "confidence",
  "messages",
  "circles",
  "keyword",
  "explicit_request",
];
const rules = addable.map((trigger, index) => newRule(trigger, `r${index}`, index * 10));

describe("what a page begins with", () => {
  it("can be saved as it is, whichever trigger is chosen", () => {
    expect(Rules.safeParse(rules).success).toBe(true);
  });

  it("can be saved as it is, whichever condition is chosen", () => {
    for (const on of kinds) expect([on, Condition.safeParse(newFact(on)).success]).toEqual([on, true]);
  });
});

describe("the order of rules", () => {
  it("moves one a place and leaves no two in the same", () => {
    const list = moved(rules, 2, -1);
    expect(list.map(({ id }) => id)).toEqual(["r0", "r2", "r1", "r3", "r4", "r5"]);
    expect(new Set(list.map(({ priority }) => priority)).size).toBe(rules.length);
    expect(inOrder(list.toReversed())).toEqual(list);
  });
});

describe("a condition on the page", () => {
  const open = newFact("office_hours");
  const chat = newFact("channel");

  it("is nothing where no part is left", () => {
    expect(conditionOf("all", [])).toBeUndefined();
    expect(partsOf(undefined).of).toEqual([]);
  });

  it("is a lone fact without a group around it", () => {
    expect(conditionOf("any", [open])).toEqual(open);
    expect(partsOf(open)).toEqual({ on: "all", of: [open] });
  });

  it("keeps its groups", () => {
    const group = { on: "any" as const, of: [open, chat] };
    const condition = conditionOf("all", [chat, group]);
    expect(Condition.parse(condition)).toEqual({ on: "all", of: [chat, group] });
    expect(conditionOf(...(Object.values(partsOf(condition)) as Parameters<typeof conditionOf>))).toEqual(
      condition,
    );
  });
});
