import type { EstimateReport } from "#contracts/desk";
import { read } from "#lib/db";
import { median } from "./wait-estimate.ts";

const shown = 50;

/** How well customers were told how long they would wait: the newest told waits of a month that ended with a person. */
export async function estimateReport(companyId: string, now = new Date()): Promise<EstimateReport> {
  const rows = await read<{ conversationId: string; at: Date; told: number; waited: number }>(
    companyId,
    `SELECT conversation_id AS "conversationId", ended_at AS at, told_minutes AS told, extract(epoch FROM ended_at - began_at)::float / 60 AS waited
     FROM queue_wait WHERE company_id = $1 AND operator_id IS NOT NULL AND told_minutes IS NOT NULL
       AND ended_at > $2::timestamptz - interval '30 days' ORDER BY ended_at DESC LIMIT 500`,
    [companyId, now],
  );
  const errors = rows.map(({ told, waited }) => waited - told);
  const known = rows.length > 0;
  return {
    samples: rows.length,
    medianErrorMinutes: known ? tenth(median(errors.map(Math.abs))) : undefined,
    biasMinutes: known ? tenth(median(errors)) : undefined,
    recent: rows.slice(0, shown).map(({ conversationId, at, told, waited }) => ({
      conversationId,
      at: at.toISOString(),
      toldMinutes: told,
      waitedMinutes: tenth(waited),
    })),
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
