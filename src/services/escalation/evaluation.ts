import { readFile } from "node:fs/promises";
import { z } from "zod";
import { explicitRequest } from "./explicit-request.ts";

const Line = z.object({ text: z.string().min(1), handoff: z.boolean() });

/** One phrasing and whether it asks for a person. */
export type EvaluationLine = z.infer<typeof Line>;

/** What the recogniser got wrong, and what it said. */
export type Miss = EvaluationLine & { why: string };

export type Evaluation = { total: number; precision: number; recall: number; f1: number; misses: Miss[] };

/** Measures the explicit-request recogniser on labelled phrasings. */
export function evalEscalation(lines: readonly EvaluationLine[]): Evaluation {
  const judged = lines.map((line) => ({ ...line, seen: explicitRequest(line.text) }));
  const hits = judged.filter((each) => each.handoff && each.seen.asks).length;
  const called = judged.filter((each) => each.seen.asks).length;
  const wanted = judged.filter((each) => each.handoff).length;
  const precision = called === 0 ? 1 : hits / called;
  const recall = wanted === 0 ? 1 : hits / wanted;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const misses = judged
    .filter((each) => each.handoff !== each.seen.asks)
    .map(({ text, handoff, seen }) => ({ text, handoff, why: seen.why }));
  return { total: lines.length, precision, recall, f1, misses };
}

/** The labelled phrasings of a JSONL text, and a sentence for each line that is none. */
export function readLines(text: string): { lines: EvaluationLine[]; problems: string[] } {
  const lines: EvaluationLine[] = [];
  const problems: string[] = [];
  for (const [at, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (raw.trim() === "") continue;
    const line = Line.safeParse(parse(raw));
    if (line.success) lines.push(line.data);
    else problems.push(`Line ${at + 1} is skipped: expected { "text": "…", "handoff": true|false }.`);
  }
  return { lines, problems };
}

/** Prints precision, recall and misses of the explicit-request trigger on a JSONL file; returns the exit code. */
export async function runEscalationEval(path: string, print: (line: string) => void): Promise<number> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) {
    print(`Cannot read ${path}.`);
    return 1;
  }
  const { lines, problems } = readLines(text);
  for (const problem of problems) print(problem);
  if (lines.length === 0) {
    print(`${path} holds no phrasings.`);
    return 1;
  }

  const result = evalEscalation(lines);
  const asking = lines.filter((line) => line.handoff).length;
  print(`${result.total} phrasings, ${asking} ask for a person, ${result.total - asking} do not.`);
  print(`precision ${result.precision.toFixed(3)}`);
  print(`recall    ${result.recall.toFixed(3)}`);
  print(`f1        ${result.f1.toFixed(3)}`);
  print(`misses    ${result.misses.length}`);
  for (const miss of result.misses)
    print(`  ${miss.handoff ? "missed" : "wrongly heard"}: ${miss.text} (${miss.why})`);
  return 0;
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
