import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { evalEscalation, explicitRequest, readLines } from "#services/escalation";
import { growth, linear } from "#support/growth";

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

  it.each([
    ["one word", "a"],
    ["spaces", " "],
    ["quotes", `"'`],
    ["wishes", "i want to talk to "],
    ["people", "human agent "],
    ["negations", "not no never to "],
    ["at signs", "@"],
    ["marks", "e\u0301"],
    ["breaks", ",.!?"],
    ["ligatures", "\uFDFA"],
  ])("take no more than their share of time in a megabyte of %s", (_, piece) => {
    const read = (size: number) => explicitRequest(piece.repeat(Math.ceil(size / piece.length)));
    expect(growth(read, 125_000)).toBeLessThan(linear);
  });
});
