import { type EscalationRule, RuleSet } from "#contracts/escalation";
import { systemClock } from "#lib/clock";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { defaultRules } from "./default-rules.ts";

/** Whoever publishes, seen from here: somebody of one company. */
export type Publisher = { companyId: string; userId?: string };

/** The rules that a company's conversations run under: the last published, or those every company begins with. */
export async function currentRules(companyId: string): Promise<RuleSet> {
  const [row] = await read<{ version: number; rules: unknown }>(
    companyId,
    "SELECT version, rules FROM rule_set WHERE company_id = $1 ORDER BY version DESC LIMIT 1",
    [companyId],
    { name: "current_rules" },
  );
  return row === undefined ? defaultRules() : RuleSet.parse({ version: row.version, rules: row.rules });
}

/**
 * Publishes rules as the next version; turns under way finish under the old one.
 * Throws `conflict` if `basedOn` is no longer the current version.
 */
export async function publishRules(
  who: Publisher,
  rules: EscalationRule[],
  basedOn?: number,
): Promise<RuleSet> {
  const current = await currentRules(who.companyId);
  if (basedOn !== undefined && basedOn !== current.version) throw overtaken();
  const next = RuleSet.safeParse({ version: current.version + 1, rules });
  if (!next.success)
    throw new AppError("invalid", next.error.issues[0]?.message ?? "These rules cannot be used.");
  await withCompany(who.companyId, async (tx) => {
    const { count } = await tx.ruleSet.createMany({
      data: {
        id: newId(),
        companyId: who.companyId,
        version: next.data.version,
        rules: next.data.rules,
        createdBy: who.userId ?? null,
        createdAt: systemClock.now(),
      },
      // Two who publish at once: the later one is told, not merged.
      skipDuplicates: true,
    });
    if (count === 0) throw overtaken();
  });
  return next.data;
}

function overtaken(): AppError {
  return new AppError(
    "conflict",
    "Somebody else published rules in the meantime. Reload to see their changes.",
  );
}
