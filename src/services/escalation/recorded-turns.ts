import type { Signals, Trigger, Verdict } from "#contracts/escalation";
import { read } from "#lib/db";

/** One turn of a conversation as the ledger keeps it: what was measured in each phase, and what was decided. */
export type RecordedTurn = {
  /** The customer's message that was decided on. */
  seq: number;
  at: Date;
  /** The customer's words of this turn; empty where they were not read. */
  text: string;
  before: Signals;
  /** What was measured once the agent had answered; absent where it did not. */
  after: Signals | undefined;
  recorded: {
    outcome: Verdict["outcome"];
    reason: Trigger | undefined;
    ruleId: string | undefined;
    sentence: string;
    version: number | undefined;
  };
};

/**
 * The turns of some conversations, by conversation and in their order; with the customer's words, and with the sentences of
 * decisions that brought nobody, where they are asked for.
 */
export async function recordedTurns(
  companyId: string,
  conversationIds: readonly string[],
  { words, sentences }: { words: boolean; sentences: boolean },
): Promise<Map<string, RecordedTurn[]>> {
  const [decisions, said] = await Promise.all([
    read<DecisionRow>(
      companyId,
      `SELECT conversation_id, seq, phase, outcome, reason, rule_id, signals,
              CASE WHEN outcome <> 'none' OR $3 THEN sentence ELSE '' END AS sentence, versions->'rules' AS version, created_at
       FROM decision WHERE company_id = $1 AND conversation_id = ANY($2::uuid[])
       ORDER BY conversation_id, seq, created_at, phase DESC`,
      [companyId, conversationIds, sentences],
      { name: "recorded_turns" },
    ),
    words
      ? read<WordsRow>(
          companyId,
          `SELECT conversation_id, seq, text FROM message
           WHERE company_id = $1 AND conversation_id = ANY($2::uuid[]) AND author_kind = 'customer'
           ORDER BY conversation_id, seq`,
          [companyId, conversationIds],
          { name: "recorded_words" },
        )
      : [],
  ]);
  const byConversation = Map.groupBy(said, (row) => row.conversation_id);
  const turns = new Map<string, RecordedTurn[]>();
  for (const [id, rows] of Map.groupBy(decisions, (row) => row.conversation_id)) {
    turns.set(id, turnsOf(rows, byConversation.get(id) ?? []));
  }
  return turns;
}

type DecisionRow = {
  conversation_id: string;
  seq: number;
  phase: "before_answer" | "after_answer";
  outcome: Verdict["outcome"];
  reason: Trigger | null;
  rule_id: string | null;
  sentence: string;
  signals: Partial<Signals>;
  version: number | null;
  created_at: Date;
};

type WordsRow = { conversation_id: string; seq: number; text: string };

function turnsOf(rows: DecisionRow[], said: WordsRow[]): RecordedTurn[] {
  const turns: RecordedTurn[] = [];
  for (const row of rows) {
    const last = turns.at(-1);
    const goesOn = row.phase === "after_answer" && last?.seq === row.seq && last.after === undefined;
    if (goesOn) {
      last.after = signalsOf(row.signals);
      // The first phase says what it would do; the second is what was done.
      last.recorded = recordedOf(row);
      continue;
    }
    const before = signalsOf(row.signals);
    turns.push({
      seq: row.seq,
      at: row.created_at,
      text: wordsOf(said, before.since ?? row.seq - 1, row.seq),
      before,
      after: row.phase === "after_answer" ? before : undefined,
      recorded: recordedOf(row),
    });
  }
  return turns;
}

function recordedOf(row: DecisionRow): RecordedTurn["recorded"] {
  return {
    outcome: row.outcome,
    reason: row.reason ?? undefined,
    ruleId: row.rule_id ?? undefined,
    sentence: row.sentence,
    version: typeof row.version === "number" ? row.version : undefined,
  };
}

// Rows from before a measure was kept lack it.
function signalsOf(stored: Partial<Signals>): Signals {
  return { messages: 1, alreadyOffered: false, earlierSentiments: [], earlierConfidences: [], ...stored };
}

function wordsOf(said: WordsRow[], after: number, upTo: number): string {
  return said
    .filter(({ seq }) => seq > after && seq <= upTo)
    .map(({ text }) => text)
    .join("\n\n");
}
