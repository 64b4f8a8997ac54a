import type { ContactTopics } from "#contracts/operator";
import { read } from "#lib/db";
import { conversationRecord, conversationRow, findConversation, type Reader } from "#services/conversations";

const most = 50;

/**
 * The topics that the customer of a conversation holds with its agent in the web chat, the newest conversation of each,
 * those with the newest words first. Throws `not_found`.
 */
export async function contactTopics(who: Reader, conversationId: string): Promise<ContactTopics> {
  const { contactId, agentId } = await findConversation(who, conversationId);
  const rows = await read<{ found: Record<string, unknown> }>(
    who.companyId,
    `SELECT to_jsonb(c) || conversation_names(c) AS found FROM (
       SELECT DISTINCT ON (lower(topic)) id FROM conversation
       WHERE company_id = $1 AND contact_id = $2 AND agent_id = $3 AND channel = 'web' AND head > 0
       ORDER BY lower(topic), last_message_at DESC, id LIMIT ${most}
     ) newest JOIN conversation c ON c.company_id = $1 AND c.id = newest.id
     ORDER BY c.last_message_at DESC, c.id`,
    [who.companyId, contactId, agentId],
  );
  return { rows: rows.map(({ found }) => conversationRow(conversationRecord(found))) };
}
