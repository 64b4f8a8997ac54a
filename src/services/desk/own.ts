import type { Visibility } from "#contracts/desk-tools";
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

/** Says in our words that a name is taken or a team unknown, when that is what Postgres refused. */
export function refusal(cause: unknown, taken: string): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "P2002") return new AppError("conflict", taken, { cause });
  if (code === "P2003") return new AppError("not_found", "This team does not exist.", { cause });
  return cause;
}
