import type { Tx } from "#lib/db";

/**
 * Tells whoever remembers what was counted of a company's days that something of them is no longer so. It belongs into the
 * commit that changes it, near its end: others wait to mark the same days.
 */
export async function markDays(tx: Tx, companyId: string, moments: Iterable<Date>): Promise<void> {
  // In one order, so that no two wait for each other.
  const days = [...new Set([...moments].map((moment) => moment.toISOString().slice(0, 10)))].sort();
  if (days.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO analytics_day (company_id, day) SELECT ${companyId}::uuid, unnest(${days}::text[])::date
    ON CONFLICT (company_id, day) DO UPDATE SET changes = analytics_day.changes + 1`;
}
