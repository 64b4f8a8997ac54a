import { type EscalationRule, RuleSet, type RuleWords } from "#contracts/escalation";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { defaultRules } from "./default-rules.ts";

/** Whoever publishes, seen from here: somebody of one company. */
export type Publisher = { companyId: string; userId?: string };

/** The rules that a company's conversations run under: the last published, or those every company begins with. */
export async function currentRules(companyId: string): Promise<RuleSet> {
  const [row] = await read<{ version: number; rules: unknown; words: unknown }>(
    companyId,
    "SELECT version, rules, words FROM rule_set WHERE company_id = $1 ORDER BY version DESC LIMIT 1",
    [companyId],
    { name: "current_rules" },
  );
  return row === undefined ? defaultRules() : RuleSet.parse(row);
}

/**
 * Publishes rules as the next version; turns under way finish under the old one.
 * Throws `conflict` if `basedOn` is no longer the current version.
 */
export async function publishRules(
  who: Publisher,
  rules: EscalationRule[],
  {
    basedOn,
    words,
    note,
  }: { basedOn?: number | undefined; words?: RuleWords | undefined; note?: string | undefined } = {},
  now = new Date(),
): Promise<RuleSet> {
  const current = await currentRules(who.companyId);
  if (basedOn !== undefined && basedOn !== current.version) throw overtaken();
  const next = RuleSet.safeParse({ version: current.version + 1, rules, words: words ?? current.words });
  if (!next.success)
    throw new AppError("invalid", next.error.issues[0]?.message ?? "These rules cannot be used.");
  await withCompany(who.companyId, (tx) => storeVersion(tx, who, next.data, note, now));
  return next.data;
}

/** Stores a version within a transaction. Throws `conflict` if there is one of its number: the later of two is told, not merged. */
export async function storeVersion(
  tx: Tx,
  who: Publisher,
  set: RuleSet,
  note: string | undefined,
  now: Date,
): Promise<void> {
  const { count } = await tx.ruleSet.createMany({
    data: {
      id: newId(now.getTime()),
      companyId: who.companyId,
      version: set.version,
      rules: set.rules,
      words: set.words,
      note: note === undefined || note === "" ? null : note,
      createdBy: who.userId ?? null,
      createdAt: now,
    },
    skipDuplicates: true,
  });
  if (count === 0) throw overtaken();
}

/** The failure of whoever edits what another has published anew. */
export function overtaken(): AppError {
  return new AppError(
    "conflict",
    "Somebody else published rules in the meantime. Reload to see their changes.",
  );
}
