import { read } from "#lib/db";
import type { ConversationRecord } from "#services/conversations";

/**
 * What was said with a phone customer before, in short, by voice and SMS alike: also in conversations that have ended.
 * Undefined in other channels, and before anything was summed up.
 */
export async function earlierSummary({
  companyId,
  contactId,
  channel,
}: ConversationRecord): Promise<string | undefined> {
  if (channel !== "sms") return undefined;
  const [row] = await read<{ text: string }>(
    companyId,
    `SELECT s.text FROM conversation c
     JOIN conversation_summary s ON s.company_id = c.company_id AND s.conversation_id = c.id
     WHERE c.company_id = $1 AND c.contact_id = $2 AND c.channel = 'sms' ORDER BY s.made_at DESC LIMIT 1`,
    [companyId, contactId],
    { name: "earlier_summary" },
  );
  return row?.text;
}
