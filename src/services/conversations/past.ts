import type { PastPage } from "#contracts/desk-tools";
import { read } from "#lib/db";
import { decodeKeys, encodeKeys } from "./keyset.ts";
import { findConversation, type Reader } from "./read.ts";
import { conversationRecord } from "./record.ts";
import { conversationRow } from "./view.ts";

/** The other conversations of a conversation's customer, newest first. Throws `not_found`. */
export async function pastConversations(
  who: Reader,
  conversationId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<PastPage> {
  const after = cursor === undefined ? [null, null] : decodeKeys(cursor, ["moment", "id"]);
  const { contactId } = await findConversation(who, conversationId);
  const rows = await read<{ found: Record<string, unknown> }>(
    who.companyId,
    `SELECT to_jsonb(c) || conversation_names(c) AS found FROM conversation c
     WHERE company_id = $1 AND contact_id = $2 AND id <> $3 AND head > 0
       AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $6`,
    [who.companyId, contactId, conversationId, ...after, limit + 1],
  );
  const records = rows.slice(0, limit).map(({ found }) => conversationRecord(found));
  const last = records.at(-1);
  return {
    rows: records.map(conversationRow),
    next: rows.length > limit && last !== undefined ? encodeKeys([last.createdAt, last.id]) : undefined,
  };
}
