import { read } from "#lib/db";
import { languageOf } from "#lib/language";
import type { ConversationRecord } from "#services/conversations";

/** The language of a customer's newest words, else the one they are known to speak; undefined where neither tells. */
export async function spokenLanguage({
  companyId,
  id,
  contactId,
}: Pick<ConversationRecord, "companyId" | "id" | "contactId">): Promise<string | undefined> {
  const [row] = await read<{ language: string | null; words: string | null }>(
    companyId,
    `SELECT k.language, (SELECT string_agg(text, E'\\n' ORDER BY seq DESC) FROM (
       SELECT seq, text FROM message WHERE company_id = $1 AND conversation_id = $2 AND author_kind = 'customer'
       ORDER BY seq DESC LIMIT 5) newest) AS words
     FROM contact k WHERE k.company_id = $1 AND k.id = $3`,
    [companyId, id, contactId],
    { name: "spoken_language" },
  );
  return (await languageOf(row?.words ?? "")) ?? row?.language ?? undefined;
}
