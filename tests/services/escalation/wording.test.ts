import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { explicitRequest, readLines } from "#services/escalation";
import { asModule, learn } from "./learning.ts";

async function labelled(set: string) {
  return readLines(await readFile(`tests/eval/escalation-${set}.jsonl`, "utf8")).lines;
}

describe("the wording of requests", () => {
  // After a change of the lexicon or of the phrasings: vitest --update on this file, and look at the difference.
  it("is worth what is learned from the phrasings that are not held out", async () => {
    const lines = [...(await labelled("development")), ...(await labelled("seen"))];
    await expect(asModule(learn(lines))).toMatchFileSnapshot(
      `${process.cwd()}/src/services/escalation/phrase-weights.ts`,
    );
  }, 60_000);

  it("makes up for a request of no known shape, and says so", () => {
    expect(explicitRequest("thrice asked already, human")).toMatchObject({ asks: true });
  });
});
