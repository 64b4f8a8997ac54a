import { describe, expect, it } from "vitest";
import { cannedWords, findCanned, gapIn } from "#components/inbox/composer/canned.ts";
import { findColleagues, mentionedIn } from "#components/inbox/composer/mentions.ts";
import { cannedValues } from "#contracts/canned-words";
import { canned } from "#support/inbox-desk";
import { idOf } from "#support/inbox-ids";

const [refund, , orderNumber] = canned;
if (!refund || !orderNumber) throw new Error("There are no canned responses to try.");

const values = (name: string) =>
  cannedValues({
    customer: { id: idOf(1), name },
    operator: { name: "Anna Okafor" },
    company: { name: "Northwind" },
    agent: { name: "Nori" },
    topic: "General",
  });

describe("finding a canned response", () => {
  it("puts short names that begin so first, and the most used of them on top", () => {
    expect(findCanned(canned, "re").map(({ name }) => name)).toEqual(["refund", "reship"]);
    expect(findCanned(canned, "ship").map(({ name }) => name)).toEqual(["reship"]);
  });

  it("finds it by its title and its words too, whatever their case", () => {
    expect(findCanned(canned, "NUMBER").map(({ name }) => name)).toEqual(["order-number"]);
    expect(findCanned(canned, "working").map(({ name }) => name)).toEqual(["refund"]);
    expect(findCanned(canned, "zzz")).toEqual([]);
  });
});

describe("the words of a canned response", () => {
  it("are filled in for this customer and operator", () => {
    expect(cannedWords(refund, values("Maria Santos"))).toBe(
      "Hi Maria, I have refunded your order. It takes 3 to 5 working days.\n\nAnna",
    );
  });

  it("keep a gap where nobody knows what belongs there, for the operator to fill", () => {
    const words = cannedWords(orderNumber, values(""));
    const gap = gapIn(words);
    expect(words.slice(gap?.start, gap?.end)).toBe("{{customer.name}}");
    expect(gap?.name).toBe("the customer's name");
    expect(gapIn("A {{thing}} that is no variable")).toBeUndefined();
  });
});

describe("colleagues", () => {
  const people = [
    { id: "1", name: "Ann Lee" },
    { id: "2", name: "Ann Lee-Smith" },
    { id: "3", name: "Joanna Berg" },
  ];

  it("are found by either name, those that begin so first", () => {
    expect(findColleagues(people, "ann").map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(findColleagues(people, "berg").map(({ id }) => id)).toEqual(["3"]);
  });

  it("are named once, and nobody whose name only begins alike", () => {
    expect(mentionedIn("@Ann Lee-Smith please, @Ann Lee-Smith!", people)).toEqual(["2"]);
    expect(mentionedIn("@Ann Lee and @Ann Lee-Smith", people).toSorted()).toEqual(["1", "2"]);
    expect(mentionedIn("Ann Lee", people)).toEqual([]);
  });
});
