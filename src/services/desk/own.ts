import type { Visibility } from "#contracts/desk-tools";
import { type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { can, type Staff } from "#services/accounts";

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

/** What somebody may change and remove: their own, and of everybody's what they have made; all of it where they lead, or are a program. */
export function changeable(who: Staff) {
  if (who.kind === "key" || can(who, "shared:write")) return within(who);
  const { companyId, userId } = who;
  return { companyId, OR: [{ operatorId: userId }, { operatorId: null, madeBy: userId }] };
}

/** The same of one thing that they see. */
export function mayChange(who: Staff, { operatorId, madeBy }: Owned): boolean {
  if (who.kind === "key" || can(who, "shared:write")) return true;
  return operatorId === who.userId || (operatorId === null && madeBy === who.userId);
}

type Owned = { operatorId: string | null; madeBy: string | null };

/** Who makes something now; nobody in particular where a program does. */
export function makerOf(who: Staff): string | null {
  return who.kind === "operator" ? who.userId : null;
}

/** Why something could not be changed: they see it but others may change it, or there is no such thing. */
export function refused(seen: number, unknown: AppError): AppError {
  if (seen === 0) return unknown;
  return new AppError(
    "forbidden",
    "This is shared: only whoever made it, and admins, can change or remove it. You can make one of your own.",
  );
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
