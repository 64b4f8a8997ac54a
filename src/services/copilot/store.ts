import { Suggestion } from "#contracts/copilot";
import { read, withCompany } from "#lib/db";
import type { Staff } from "#services/accounts";
import type { ConversationRecord, Reader } from "#services/conversations";

/** How many options an operator is shown at once. */
export const mostOptions = 3;

type Made = { suggestion: Suggestion; forSeq: number; round: number; now: Date };

/** Keeps a suggestion that an operator is shown, so that what becomes of it can be told. */
export async function keepSuggestion(
  who: Staff,
  conversation: ConversationRecord,
  made: Made,
): Promise<void> {
  const { suggestion, forSeq, round, now } = made;
  await withCompany(who.companyId, (tx) =>
    tx.suggestion.create({
      data: {
        ...suggestion,
        companyId: who.companyId,
        conversationId: conversation.id,
        operatorId: who.kind === "operator" ? who.userId : null,
        topic: conversation.topic,
        forSeq,
        round,
        shownAt: now,
      },
    }),
  );
}

/** The newest round of suggestions for a turn; round 0 where there is none yet. */
export async function suggestionsFor(
  { companyId }: Reader,
  place: { conversationId: string; forSeq: number },
): Promise<{ round: number; suggestions: Suggestion[] }> {
  const rows = await read<Row>(
    companyId,
    `SELECT id, kind, emphasis, title, text, confidence, sources, round FROM suggestion
     WHERE company_id = $1 AND conversation_id = $2 AND for_seq = $3
     ORDER BY round DESC, shown_at, id LIMIT $4`,
    [companyId, place.conversationId, place.forSeq, mostOptions],
  );
  const round = rows[0]?.round ?? 0;
  return { round, suggestions: rows.filter((row) => row.round === round).map(viewOf) };
}

type Row = { round: number; emphasis: string | null; title: string | null } & Record<string, unknown>;

function viewOf({ emphasis, title, ...row }: Row): Suggestion {
  return Suggestion.parse({ ...row, emphasis: emphasis ?? undefined, title: title ?? undefined });
}
