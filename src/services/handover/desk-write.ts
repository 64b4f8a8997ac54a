import { type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";

/** Changes how a company's desk is set up, in one transaction. Throws `conflict` with these words where a name is taken. */
export async function changeDesk<T>(
  companyId: string,
  taken: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await withCompany(companyId, work);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "P2002") {
      throw new AppError("conflict", taken, { cause });
    }
    throw cause;
  }
}

/** Has every clock of a company looked at again once this transaction commits. */
export async function recomputeClocks(tx: Tx, companyId: string): Promise<void> {
  await addJobWithin(tx, "sla.recompute", { companyId }, { key: `sla-all:${companyId}` });
}

/** Has a company's queue routed once this transaction commits. */
export async function routeAgain(tx: Tx, companyId: string): Promise<void> {
  await addJobWithin(
    tx,
    "desk.route",
    { companyId },
    { queue: `route:${companyId}`, key: `route:${companyId}` },
  );
}

/** What whoever saves an older version than the newest is told. */
export function overtaken(): AppError {
  return new AppError("conflict", "Somebody else saved this in the meantime. Reload to see their changes.");
}
