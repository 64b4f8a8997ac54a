import { read } from "#lib/db";
import type { OpenConnection } from "#services/connections";

/** A message that something else belongs to has not come yet, or has not left. */
export class NotYet extends Error {}

export type ExternalMessage = { messageId: string; conversationId: string; seq: number; authorKind: string };

/** The message of the log that a platform means by its id; undefined where the log has none. */
export async function externalMessage(
  { companyId, id }: Pick<OpenConnection, "companyId" | "id">,
  externalId: string,
): Promise<ExternalMessage | undefined> {
  const [row] = await read<ExternalMessage>(
    companyId,
    `SELECT m.id AS "messageId", m.conversation_id AS "conversationId", m.seq, m.author_kind AS "authorKind"
     FROM external_message x JOIN message m ON m.id = x.message_id
     WHERE x.company_id = $1 AND x.connection_id = $2 AND x.external_id = $3`,
    [companyId, id, externalId],
    { name: "external_message" },
  );
  return row;
}
