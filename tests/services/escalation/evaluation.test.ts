import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { evalEscalation, runEscalationEval } from "#services/escalation";

async function printed(content: string) {
  const folder = await mkdtemp(join(tmpdir(), "eval-"));
  try {
    const path = join(folder, "lines.jsonl");
    await writeFile(path, content);
    const out: string[] = [];
    return { code: await runEscalationEval(path, (line) => out.push(line)), out: out.join("\n") };
  } finally {
    await rm(folder, { recursive: true });
  }
}

it("counts what was missed and what was wrongly heard", () => {
  const result = evalEscalation([
    { text: "give me a human", handoff: true },
    { text: "where is my order", handoff: true },
    { text: "I want to talk to an agent", handoff: false },
    { text: "thanks", handoff: false },
  ]);
  expect(result).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(result.misses).toHaveLength(2);
});

it("prints figures and misses, and names bad lines by number", async () => {
  const { code, out } = await printed('{"text":"human please","handoff":true}\n\nnonsense\n{"text":"x"}\r\n');
  expect(code).toBe(0);
  expect(out).toContain("Line 3 is skipped");
  expect(out).toContain("Line 4 is skipped");
  expect(out).toContain("precision 1.000");
});

it("says so when there is nothing to measure", async () => {
  expect(await printed("")).toMatchObject({ code: 1 });
  const out: string[] = [];
  expect(await runEscalationEval("/nowhere/at-all.jsonl", (line) => out.push(line))).toBe(1);
  expect(out).toEqual(["Cannot read /nowhere/at-all.jsonl."]);
});
