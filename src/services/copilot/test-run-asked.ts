import { z } from "zod";
import { CaseResult, type TestRunProgress } from "#contracts/copilot";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { addJobWithin } from "#lib/jobs";
import { audit, type Staff } from "#services/accounts";
import type { Reader } from "#services/conversations";
import { keepRunWithin } from "./test-runs.ts";

export const TestRunJob = z.object({ companyId: z.uuid(), runId: z.uuid() });
export type TestRunJob = z.infer<typeof TestRunJob>;

/** A run that this process holds, by the attempt that it began. */
export type HeldRun = TestRunJob & { attempt: number };

/**
 * Has all test cases of a company be asked anew, in a job of their own; while a run is under way, it is that one. Throws
 * `invalid` where there are no cases.
 */
export async function askTestRun(who: Staff, now = new Date()): Promise<TestRunProgress> {
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    const total = await tx.testCase.count({ where: { companyId } });
    if (total === 0) throw new AppError("invalid", "There are no test cases to run yet.");
    const runId = newId(now.getTime());
    const begun = await tx.$executeRaw`
      INSERT INTO test_run_asked AS asked (company_id, run_id, asked_by, asked_at, total)
      VALUES (${companyId}::uuid, ${runId}::uuid, ${who.name}, ${now}, ${total})
      ON CONFLICT (company_id) DO UPDATE
        SET run_id = excluded.run_id, asked_by = excluded.asked_by, asked_at = excluded.asked_at, total = excluded.total,
            attempt = 0, results = '[]', problem = NULL
        WHERE asked.problem IS NOT NULL`;
    if (begun === 0) return;
    await audit(tx, who, "test_cases.run", runId);
    await addJobWithin(tx, "test.run", { companyId, runId }, { key: `test-run:${runId}` });
  });
  return testRunProgress(who);
}

/** Stops the run that is under way, and forgets one that failed; nothing of it is kept. */
export async function stopTestRun({ companyId }: Reader): Promise<void> {
  await withCompany(companyId, (tx) => tx.testRunAsked.deleteMany({ where: { companyId } }));
}

/** How far the run under way is, or why it failed. */
export async function testRunProgress({ companyId }: Reader): Promise<TestRunProgress> {
  const [row] = await read<Row>(
    companyId,
    `SELECT run_id AS "runId", asked_by AS "askedBy", asked_at AS "askedAt", total, results, problem
     FROM test_run_asked WHERE company_id = $1`,
    [companyId],
  );
  if (row === undefined) return { state: "idle" };
  const { runId, askedBy, askedAt, total, problem } = row;
  const asked = { id: runId, askedBy, askedAt: askedAt.toISOString() };
  if (problem !== null) return { state: "failed", ...asked, problem };
  const results = z.array(CaseResult).parse(row.results);
  const short = results.map(({ caseId, passed, overlap }) => ({ caseId, passed, overlap }));
  // Cases may have come and gone since it was asked for.
  return { state: "running", ...asked, total: Math.max(total, results.length), results: short };
}

/** Takes a run up from its start; whoever held it before can write no more. Undefined where it is over or was stopped. */
export async function claimTestRun(job: TestRunJob): Promise<HeldRun | undefined> {
  const { companyId, runId } = job;
  const [row] = await withCompany(
    companyId,
    (tx) => tx.$queryRaw<{ attempt: number }[]>`
      UPDATE test_run_asked SET attempt = attempt + 1, results = '[]'
      WHERE company_id = ${companyId}::uuid AND run_id = ${runId}::uuid AND problem IS NULL RETURNING attempt`,
  );
  return row && { companyId, runId, attempt: row.attempt };
}

/** Keeps what a run has found so far; false where it was stopped or taken over. */
export async function keepResults(run: HeldRun, results: CaseResult[]): Promise<boolean> {
  const { count } = await withCompany(run.companyId, (tx) =>
    tx.testRunAsked.updateMany({ where: run, data: { results } }),
  );
  return count > 0;
}

/** Ends a run with its results, which stand as the company's newest from then on; nothing where it was stopped. */
export async function endTestRun(
  run: HeldRun,
  { model, results }: { model: string; results: CaseResult[] },
  now = new Date(),
): Promise<void> {
  await withCompany(run.companyId, async (tx) => {
    if (await isOver(tx, run)) return;
    await keepRunWithin(tx, run, { id: run.runId, model, results, now });
  });
}

/** Ends a run with what went wrong, in words. */
export async function failTestRun(run: HeldRun, problem: string): Promise<void> {
  await withCompany(run.companyId, (tx) => tx.testRunAsked.updateMany({ where: run, data: { problem } }));
}

async function isOver(tx: Tx, run: HeldRun): Promise<boolean> {
  const { count } = await tx.testRunAsked.deleteMany({ where: run });
  return count === 0;
}

type Row = {
  runId: string;
  askedBy: string;
  askedAt: Date;
  total: number;
  results: unknown;
  problem: string | null;
};
