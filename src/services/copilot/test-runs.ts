import { z } from "zod";
import { CaseResult, type TestRunView } from "#contracts/copilot";
import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { Reader } from "#services/conversations";

/** How all test cases went at one time. */
export type TestRun = { view: TestRunView; results: Map<string, CaseResult> };

/** The newest run of a company's test cases. */
export async function lastRun({ companyId }: Reader): Promise<TestRun | undefined> {
  const [row] = await read<Row>(
    companyId,
    `SELECT id, model, cases, passed, results, ran_at AS "ranAt" FROM test_run
     WHERE company_id = $1 ORDER BY ran_at DESC, id DESC LIMIT 1`,
    [companyId],
  );
  return row && runOf(row);
}

/** How many runs of a company are kept. */
const mostRuns = 50;

/** Keeps a run, so that the next one can be held against it. */
export async function keepRun(
  { companyId }: Reader,
  model: string,
  results: CaseResult[],
  now: Date,
): Promise<void> {
  const passed = results.filter((result) => result.passed).length;
  await withCompany(companyId, async (tx) => {
    await tx.testRun.create({
      data: {
        id: newId(now.getTime()),
        companyId,
        model,
        cases: results.length,
        passed,
        results,
        ranAt: now,
      },
    });
    await tx.$executeRaw`DELETE FROM test_run WHERE company_id = ${companyId}::uuid AND id NOT IN (
      SELECT id FROM test_run WHERE company_id = ${companyId}::uuid ORDER BY ran_at DESC, id DESC LIMIT ${mostRuns})`;
  });
}

type Row = { id: string; model: string; cases: number; passed: number; results: unknown; ranAt: Date };

function runOf({ results, ranAt, ...row }: Row): TestRun {
  const each = z.array(CaseResult).parse(results);
  return {
    view: { ...row, ranAt: ranAt.toISOString() },
    results: new Map(each.map((result) => [result.caseId, result])),
  };
}
