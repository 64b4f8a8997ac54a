import { read } from "#lib/db";
import type { Reader } from "#services/conversations";

const remembered = 9;

/** What the ledger keeps of earlier turns. */
export type Earlier = {
  offered: boolean;
  /** Sentiments and confidences of turns after this number of the log, oldest first. */
  since(seq: number): { sentiments: number[]; confidences: number[] };
};

/** Reads what the ledger keeps of earlier turns, and whether a person was offered. */
export async function earlierSignals(who: Reader, conversationId: string): Promise<Earlier> {
  const rows = await read<Row>(
    who.companyId,
    `SELECT seq, phase, outcome, (signals->>'sentiment')::float AS sentiment, (signals->>'confidence')::float AS confidence
     FROM decision WHERE company_id = $1 AND conversation_id = $2
     ORDER BY seq DESC, created_at DESC, phase LIMIT $3`,
    [who.companyId, conversationId, remembered * 2],
    { name: "earlier_signals" },
  );
  const newest = (chosen: Row[], measure: "sentiment" | "confidence", since: number) =>
    chosen
      .flatMap((row) => (row.seq > since ? (row[measure] ?? []) : []))
      .slice(0, remembered)
      .reverse();
  return {
    offered: rows.some((row) => row.outcome === "offer"),
    since: (seq) => ({
      sentiments: newest(rows.filter(hasLastWord), "sentiment", seq),
      confidences: newest(rows.filter(isAfter), "confidence", seq),
    }),
  };
}

type Row = {
  seq: number;
  phase: "before_answer" | "after_answer";
  outcome: string;
  sentiment: number | null;
  confidence: number | null;
};

const isAfter = ({ phase }: Row) => phase === "after_answer";

// A mood that was read before the answer is read again after it, by the model where there is one.
function hasLastWord(row: Row, at: number, newestFirst: Row[]): boolean {
  const later = newestFirst[at - 1];
  const readAgain = later?.seq === row.seq && isAfter(later) && later.sentiment !== null;
  return isAfter(row) || !readAgain;
}
