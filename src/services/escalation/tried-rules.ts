import { type EscalationRule, Rules } from "#contracts/escalation";
import type { TriedRules } from "#contracts/rules";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { currentRules } from "./stored-rules.ts";

/** The rules that somebody wants to try, and the version they are based on. Throws `not_found` for a draft that is not there. */
export async function triedRules(
  companyId: string,
  tried: TriedRules,
): Promise<{ rules: EscalationRule[]; basedOn: number }> {
  if (tried === "draft") return savedDraft(companyId);
  const { rules, version } = await currentRules(companyId);
  return { rules: tried === "published" ? rules : tried, basedOn: version };
}

async function savedDraft(companyId: string): Promise<{ rules: EscalationRule[]; basedOn: number }> {
  const [row] = await read<{ rules: unknown; based_on: number }>(
    companyId,
    "SELECT rules, based_on FROM rule_draft WHERE company_id = $1",
    [companyId],
  );
  if (row === undefined) throw new AppError("not_found", "There is no draft to try. Change a rule first.");
  return { rules: Rules.parse(row.rules), basedOn: row.based_on };
}
