import type { Wall } from "#contracts/analytics";
import { read } from "#lib/db";

type Present = { status: "online" | "away" | "offline" };

/** How a company's conversations stand this very moment, from counters that are kept and not counted. */
export async function wall(
  who: { companyId: string },
  operators: Present[],
  now = new Date(),
): Promise<Wall> {
  const [row] = await read<{ counts: Record<string, number> | null; longest: Date | null }>(
    who.companyId,
    `SELECT (SELECT jsonb_object_agg(name, total) FROM (
               SELECT name, sum(value) AS total FROM counter
               WHERE company_id = $1 AND name = ANY(ARRAY['all', 'resolved', 'ai', 'waiting']) GROUP BY name) AS counted) AS counts,
            (SELECT min(waiting_since) FROM conversation WHERE company_id = $1 AND state = 'WAITING_HUMAN') AS longest`,
    [who.companyId],
  );
  const count = (name: string) => Math.max(0, Number(row?.counts?.[name] ?? 0));
  return {
    open: Math.max(0, count("all") - count("resolved")),
    withAi: count("ai"),
    waiting: count("waiting"),
    longestSince: row?.longest?.toISOString(),
    operatorsOnline: operators.filter(({ status }) => status === "online").length,
    operatorsAway: operators.filter(({ status }) => status === "away").length,
    at: now.toISOString(),
  };
}
