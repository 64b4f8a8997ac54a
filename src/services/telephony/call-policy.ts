import { CallPolicy } from "#contracts/telephony";
import { instantOf, localDay } from "#contracts/wall-clock";
import { read, withCompany } from "#lib/db";
import { audit, must, type Who } from "#services/accounts";
import type { CallLimits } from "#services/conversations";

/** What holds for a company that has chosen nothing: few calls, by day, and to those who agreed. */
export const defaultPolicy: CallPolicy = {
  dailyCalls: 100,
  quiet: { on: true, from: "21:00", to: "08:00", days: [], timeZone: "UTC" },
  consentRequired: true,
};

type Row = { dailyCalls: number; dailyCost: number | null; quiet: unknown; consentRequired: boolean };

/** When, and how much, a company lets its agents call. */
export async function callPolicy(companyId: string): Promise<CallPolicy> {
  const [row] = await read<Row>(
    companyId,
    `SELECT daily_calls AS "dailyCalls", daily_cost AS "dailyCost", quiet, consent_required AS "consentRequired"
     FROM call_policy WHERE company_id = $1`,
    [companyId],
  );
  if (row === undefined) return defaultPolicy;
  return CallPolicy.parse({ ...row, dailyCost: row.dailyCost ?? undefined });
}

/** The same for whoever may see it. */
export async function getCallPolicy(who: Who): Promise<CallPolicy> {
  must(who, "desk:read");
  return callPolicy(who.companyId);
}

/** Lays down when, and how much, the company's agents may call. */
export async function saveCallPolicy(who: Who, policy: CallPolicy, now = new Date()): Promise<CallPolicy> {
  must(who, "desk:write");
  const { companyId } = who;
  const { dailyCalls, dailyCost = null, quiet, consentRequired } = policy;
  const data = { dailyCalls, dailyCost, quiet, consentRequired, updatedAt: now };
  await withCompany(companyId, async (tx) => {
    await tx.callPolicy.upsert({ where: { companyId }, create: { companyId, ...data }, update: data });
    await audit(tx, who, "call_policy.saved", companyId, { dailyCalls, consentRequired });
  });
  return policy;
}

/** The limits of a policy on the day, by its own clock, that a moment belongs to. */
export function limitsOf({ dailyCalls, dailyCost, quiet }: CallPolicy, now: Date): CallLimits {
  const midnight = instantOf(quiet.timeZone, localDay(quiet.timeZone, now.getTime()), 0);
  return { since: new Date(midnight), dailyCalls, dailyCost };
}
