import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { evalEscalation, explicitRequest, readLines } from "#services/escalation";

async function measured(file: string) {
  const { lines, problems } = readLines(await readFile(`tests/eval/${file}`, "utf8"));
  expect(problems).toEqual([]);
  return evalEscalation(lines);
}

describe("explicit requests", () => {
  it("are heard on phrasings nobody tuned for", async () => {
    const { total, precision, recall } = await measured("escalation-held-out.jsonl");
    expect(total).toBeGreaterThanOrEqual(240);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.95);
  });

  it.each(["development", "seen"])("keep what was reached on the %s phrasings", async (set) => {
    const { precision, recall } = await measured(`escalation-${set}.jsonl`);
    expect(recall).toBeGreaterThanOrEqual(0.98);
    expect(precision).toBeGreaterThanOrEqual(0.98);
  });

  it("name the frame that was seen", () => {
    expect(explicitRequest("could I speak to a supervisor?")).toMatchObject({
      asks: true,
      why: "wants to speak with a person",
    });
    expect(explicitRequest("please don't transfer me to an agent").why).toContain("negated");
  });

  it("are read in well under a millisecond", () => {
    const text =
      "Hello, my order 5512 has not arrived and I have waited two weeks, could you pass me to someone who can find it?";
    for (let warm = 0; warm < 300; warm++) explicitRequest(text);
    const start = performance.now();
    for (let round = 0; round < 300; round++) explicitRequest(text);
    expect((performance.now() - start) / 300).toBeLessThan(1);
  });

  it.each([
    ["one word", "a".repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
    ["quotes", `"'`.repeat(500_000)],
    ["wishes", "i want to talk to ".repeat(55_000)],
    ["people", "human agent ".repeat(83_000)],
    ["negations", "not no never to ".repeat(62_000)],
    ["at signs", "@".repeat(1_000_000)],
    ["marks", "e\u0301".repeat(500_000)],
    ["breaks", ",.!?".repeat(250_000)],
    ["ligatures", "\uFDFA".repeat(1_000_000)],
  ])("are read quickly in a megabyte of %s", (_, text) => {
    const start = performance.now();
    explicitRequest(text);
    expect(performance.now() - start).toBeLessThan(250);
  });
});
