import type { z } from "zod";
import type { Draft, DraftBody, DraftKind, DraftList } from "#contracts/drafts";
import { callSql, read } from "#lib/db";
import type { OperatorWho, Staff } from "#services/accounts";
import { findConversation } from "#services/conversations";

type Row = { kind: DraftKind; text: string; updatedAt: Date };

/**
 * Keeps what an operator has begun to write; empty words remove it. What comes after its words were sent is not kept.
 * Throws `not_found`.
 */
export async function keepDraft(
  who: OperatorWho,
  conversationId: string,
  { kind, text, clientId }: z.output<typeof DraftBody>,
  now = new Date(),
): Promise<void> {
  await findConversation(who, conversationId);
  await callSql("SELECT keep_draft($1, $2, $3, $4, $5, $6, $7)", [
    who.companyId,
    conversationId,
    who.userId,
    kind,
    text.trim() === "" ? "" : text,
    clientId,
    now,
  ]);
}

/** What an operator has begun to write in one conversation; an API key writes no drafts. Throws `not_found`. */
export async function draftsIn(who: Staff, conversationId: string): Promise<Draft[]> {
  await findConversation(who, conversationId);
  if (who.kind !== "operator") return [];
  const rows = await read<Row>(
    who.companyId,
    `SELECT kind, text, updated_at AS "updatedAt" FROM draft
     WHERE company_id = $1 AND conversation_id = $2 AND operator_id = $3 ORDER BY kind`,
    [who.companyId, conversationId, who.userId],
  );
  return rows.map(view);
}

/** An operator's drafts, the newest first. */
export async function listDrafts(who: OperatorWho, limit: number): Promise<DraftList["drafts"]> {
  const rows = await read<Row & { conversationId: string }>(
    who.companyId,
    `SELECT conversation_id AS "conversationId", kind, text, updated_at AS "updatedAt" FROM draft
     WHERE company_id = $1 AND operator_id = $2 ORDER BY updated_at DESC LIMIT $3`,
    [who.companyId, who.userId, limit],
  );
  return rows.map(({ conversationId, ...row }) => ({ conversationId, ...view(row) }));
}

function view({ kind, text, updatedAt }: Row): Draft {
  return { kind, text, updatedAt: updatedAt.toISOString() };
}
