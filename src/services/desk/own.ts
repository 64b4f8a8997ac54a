import type { Visibility } from "#contracts/desk-tools";
import { type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import type { Staff } from "#services/accounts";

/** Whose something is to be: an operator's own, or `null` for everybody's. Throws `forbidden` for a key, which is nobody. */
export function ownerOf(who: Staff, visibility: Visibility): string | null {
  if (visibility === "shared") return null;
  if (who.kind === "operator") return who.userId;
  throw new AppError("forbidden", "An API key has nothing of its own: make it shared.");
}

/** What somebody may see: everybody's, and their own. */
export function within(who: Staff) {
  const own = who.kind === "operator" ? [{ operatorId: who.userId }] : [];
  return { companyId: who.companyId, OR: [{ operatorId: null }, ...own] };
}

/** How windows say whose something is. */
export function visibilityOf({ operatorId }: { operatorId: string | null }): Visibility {
  return operatorId === null ? "shared" : "personal";
}

/** Whose something is to be, and for which team where it is everybody's. Throws `forbidden` for a key, which is nobody. */
export function placeOf(
  who: Staff,
  { visibility, teamId }: { visibility: Visibility; teamId?: string | undefined },
) {
  const operatorId = ownerOf(who, visibility);
  return { operatorId, teamId: operatorId === null ? (teamId ?? null) : null };
}

/** Writes what somebody keeps, in one transaction. Throws `conflict` in these words where its name is taken, `not_found` for a team that there is not. */
export async function writing<T>(who: Staff, taken: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await withCompany(who.companyId, work);
  } catch (cause) {
    throw refusal(cause, taken);
  }
}

/** Throws `conflict` where somebody, or everybody together, keeps as many of a kind as there may be. */
export function needRoom(kept: number, most: number, kind: string): void {
  if (kept >= most) throw new AppError("conflict", `There are ${most} ${kind} already: remove one first.`);
}

function refusal(cause: unknown, taken: string): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "P2002") return new AppError("conflict", taken, { cause });
  if (code === "P2003") return new AppError("not_found", "This team does not exist.", { cause });
  return cause;
}
