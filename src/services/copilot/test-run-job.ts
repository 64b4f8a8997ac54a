import type { CaseResult } from "#contracts/copilot";
import { isConnectionError } from "#lib/db";
import { isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import type { ModelClient } from "#services/ai";
import { nameOf, runCases } from "./run-cases.ts";
import {
  claimTestRun,
  endTestRun,
  failTestRun,
  type HeldRun,
  keepResults,
  type TestRunJob,
} from "./test-run-asked.ts";

/**
 * Carries a run of test cases through, and keeps each result as it comes. One that was broken off starts anew under a
 * higher attempt; one that was stopped asks nothing more.
 */
export async function runAskedCases(job: TestRunJob, model: ModelClient | undefined): Promise<void> {
  const run = await claimTestRun(job);
  if (run === undefined) return;
  try {
    await carry(run, model);
  } catch (error) {
    if (error instanceof Stopped) return;
    // Asked again later, it may well go through.
    if (error instanceof Postponed || isConnectionError(error)) throw error;
    log.error({ err: error, testRun: run.runId }, "A run of test cases failed");
    await failTestRun(run, "The run failed inside. Start it again; the log tells more.");
  }
}

/** The process is about to end: whoever goes on takes the run up from its start. */
class Postponed extends Error {}

/** Nobody waits for this run any more. */
class Stopped extends Error {}

/** Milliseconds between two notes of how far a run is. */
const progressMs = 250;

async function carry(run: HeldRun, model: ModelClient | undefined): Promise<void> {
  const stop = new AbortController();
  const results: CaseResult[] = [];
  let noted = 0;
  await runCases(run, model, {
    signal: stop.signal,
    async onResult(result) {
      results.push(result);
      if (performance.now() - noted < progressMs) return;
      noted = performance.now();
      if (isEnding()) stop.abort(new Postponed());
      else if (!(await keepResults(run, results))) stop.abort(new Stopped());
      stop.signal.throwIfAborted();
    },
  });
  await endTestRun(run, { model: nameOf(model), results });
}
