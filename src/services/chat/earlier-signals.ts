import { read } from "#lib/db";
import type { Reader } from "#services/conversations";

const remembered = 9;

/** What the ledger keeps of earlier turns: sentiments and confidences, oldest first, and whether a person was offered. */
export async function earlierSignals(
  who: Reader,
  conversationId: string,
): Promise<{ sentiments: number[]; confidences: number[]; offered: boolean }> {
  const rows = await read<{
    phase: string;
    outcome: string;
    sentiment: number | null;
    confidence: number | null;
  }>(
    who.companyId,
    `SELECT phase, outcome, (signals->>'sentiment')::float AS sentiment, (signals->>'confidence')::float AS confidence
     FROM decision WHERE company_id = $1 AND conversation_id = $2
     ORDER BY seq DESC, created_at DESC LIMIT $3`,
    [who.companyId, conversationId, remembered * 2],
    { name: "earlier_signals" },
  );
  const of = (phase: string, key: "sentiment" | "confidence") =>
    rows
      .filter((row) => row.phase === phase)
      .flatMap((row) => row[key] ?? [])
      .slice(0, remembered)
      .reverse();
  return {
    sentiments: of("before_answer", "sentiment"),
    confidences: of("after_answer", "confidence"),
    offered: rows.some((row) => row.outcome === "offer"),
  };
}
