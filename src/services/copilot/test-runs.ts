import { z } from "zod";
import { CaseResult, type TestRunView } from "#contracts/copilot";
import { read, type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { Reader } from "#services/conversations";

type Results = ReadonlyMap<string, CaseResult>;

/** How all test cases went at one time, and the time before. */
export type TestRun = { view: TestRunView; results: Results; before: Results | undefined };

/** The newest run of a company's test cases, held against the one before. */
export async function lastRun({ companyId }: Reader): Promise<TestRun | undefined> {
  const [newest, before] = await read<Row>(
    companyId,
    `SELECT id, model, cases, passed, results, ran_at AS "ranAt" FROM test_run
     WHERE company_id = $1 ORDER BY ran_at DESC, id DESC LIMIT 2`,
    [companyId],
  );
  return newest && { ...runOf(newest), before: before === undefined ? undefined : runOf(before).results };
}

/** How many runs of a company are kept. */
const mostRuns = 50;

type Ran = { id: string; model: string; results: CaseResult[]; now: Date };

/** Keeps a run, so that the next one can be held against it. */
export async function keepRun(who: Reader, ran: Omit<Ran, "id">): Promise<void> {
  const id = newId(ran.now.getTime());
  await withCompany(who.companyId, (tx) => keepRunWithin(tx, who, { ...ran, id }));
}

/** The same within a transaction. */
export async function keepRunWithin(
  tx: Tx,
  { companyId }: Reader,
  { id, model, results, now }: Ran,
): Promise<void> {
  const passed = results.filter((result) => result.passed).length;
  await tx.testRun.create({
    data: { id, companyId, model, cases: results.length, passed, results, ranAt: now },
  });
  await tx.$executeRaw`DELETE FROM test_run WHERE company_id = ${companyId}::uuid AND id NOT IN (
    SELECT id FROM test_run WHERE company_id = ${companyId}::uuid ORDER BY ran_at DESC, id DESC LIMIT ${mostRuns})`;
}

type Row = { id: string; model: string; cases: number; passed: number; results: unknown; ranAt: Date };

function runOf({ results, ranAt, ...row }: Row): Pick<TestRun, "view" | "results"> {
  const each = z.array(CaseResult).parse(results);
  return {
    view: { ...row, ranAt: ranAt.toISOString() },
    results: new Map(each.map((result) => [result.caseId, result])),
  };
}
