import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { CaseResult } from "#contracts/copilot";
import { AppError } from "#lib/errors";
import type { ModelClient } from "#services/ai";
import type { Reader } from "#services/conversations";
import { nameOf, type RanCase, runCases } from "./run-cases.ts";
import { percent, regression } from "./score.ts";
import { keepRun, lastRun } from "./test-runs.ts";

type Options = {
  model: ModelClient | undefined;
  /** A file of results to hold the new ones against, instead of the last run; it is written where there is none. */
  baselinePath?: string | undefined;
  print: (line: string) => void;
  now?: Date;
};

/**
 * Runs a company's test cases, prints how each went, keeps the results and returns the exit code: 1 where a case went
 * worse than before. Throws `invalid` for a baseline that cannot be read.
 */
export async function runAnswerEval(who: Reader, options: Options): Promise<number> {
  const { model, baselinePath, print, now = new Date() } = options;
  const before = baselinePath === undefined ? (await lastRun(who))?.results : await baselineIn(baselinePath);
  const ran = await runCases(who, model);
  if (ran.length === 0) {
    print(
      "There are no test cases yet: correct an answer in the inbox, or write one under Settings › Answer quality.",
    );
    return 0;
  }
  const results = ran.map(({ result }) => result);
  await keepRun(who, { model: nameOf(model), results, now });
  if (baselinePath !== undefined && before === undefined) {
    await writeFile(baselinePath, `${JSON.stringify(results, undefined, 2)}\n`);
  }
  const worse = ran.flatMap((one) => {
    const earlier = before?.get(one.result.caseId);
    const why = earlier && regression(earlier, one.result);
    return why === undefined ? [] : [{ ...one, why }];
  });
  report(ran, print);
  if (before === undefined)
    print("There was nothing to compare with yet; the next run is held against this one.");
  for (const { question, why } of worse) print(`WORSE  “${shortened(question, 60)}” ${why}.`);
  return worse.length > 0 ? 1 : 0;
}

function report(ran: readonly RanCase[], print: Options["print"]): void {
  print(`${"".padEnd(6)}${"says".padStart(6)}${"article".padStart(9)}${"sure".padStart(6)}  question`);
  for (const { question, result } of ran) {
    const { passed, overlap, article, confidence } = result;
    const mark = passed ? "pass" : "FAIL";
    const numbers = [
      percent(overlap).padStart(6),
      (article === undefined ? "–" : yesOrNo(article)).padStart(9),
      confidence.toFixed(2).padStart(6),
    ];
    print(`${mark.padEnd(6)}${numbers.join("")}  ${shortened(question, 70)}`);
  }
  const passed = ran.filter(({ result }) => result.passed).length;
  print(`${passed} of ${ran.length} pass.`);
}

async function baselineIn(path: string): Promise<ReadonlyMap<string, CaseResult> | undefined> {
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new AppError("invalid", `The file ${path} cannot be read.`, { cause: error });
  });
  if (content === undefined) return undefined;
  const parsed = z.array(CaseResult).safeParse(jsonOf(content));
  if (!parsed.success) throw new AppError("invalid", `The file ${path} holds no results of an earlier run.`);
  return new Map(parsed.data.map((result) => [result.caseId, result]));
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function yesOrNo(answer: boolean): string {
  return answer ? "yes" : "no";
}

function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
