import { describe, expect, it } from "vitest";
import { keywordIn, sentiment, timesAsked } from "#services/escalation";

describe("sentiment", () => {
  it("tells anger from thanks", () => {
    expect(sentiment("This is terrible, the worst service ever")).toBeLessThan(-0.6);
    expect(sentiment("Great, thank you, that helped")).toBeGreaterThan(0.5);
    expect(sentiment("Where is my order?")).toBe(0);
  });

  it("understands negation and emphasis", () => {
    expect(sentiment("this is not good")).toBeLessThan(0);
    expect(sentiment("not bad")).toBeGreaterThan(0);
    expect(sentiment("I am very angry")).toBeLessThan(sentiment("I am angry"));
  });

  it("hears repetition and shouting", () => {
    expect(sentiment("This is the third time I ask")).toBeLessThan(-0.3);
    expect(sentiment("THIS IS RIDICULOUS")).toBeLessThan(sentiment("this is ridiculous"));
  });

  it("stays within −1…1", () => {
    expect(sentiment("awful ".repeat(600))).toBeGreaterThanOrEqual(-1);
    expect(sentiment("amazing ".repeat(600))).toBeLessThanOrEqual(1);
  });
});

describe("keywords", () => {
  it("match at word borders, folded", () => {
    expect(keywordIn("Ich gehe zum ANWÄLT!", ["anwalt"])).toBe("anwalt");
    expect(keywordIn("I will start a charge-back", ["charge back"])).toBe("charge back");
    expect(keywordIn("a new issue", ["sue"])).toBeUndefined();
    expect(keywordIn("anything", ["", "!!"])).toBeUndefined();
  });
});

describe("the same question", () => {
  it("is counted across small changes of words", () => {
    const earlier = ["Where is my order 1234?", "hello", "where's order 1234 please"];
    expect(timesAsked("So where is my order 1234??", earlier)).toBe(3);
    expect(timesAsked("What does shipping cost?", earlier)).toBe(1);
  });

  it("is another one where it is about another number", () => {
    const earlier = ["Where is my order 1234?", "Where is my order 1235?"];
    expect(timesAsked("Where is my order 1236?", earlier)).toBe(1);
    expect(timesAsked("So where is my order 1235?", earlier)).toBe(2);
  });

  it("is counted as often as the customer says it was asked", () => {
    expect(timesAsked("This is the third time I ask!", ["hello"])).toBe(3);
    expect(timesAsked("I'm asking for the 4th time now", [])).toBe(4);
    expect(timesAsked("My order is late for the third time this month", [])).toBe(1);
  });
});
