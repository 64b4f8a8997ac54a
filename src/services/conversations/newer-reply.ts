import type { MessageView } from "#contracts/conversation";
import { read } from "#lib/db";
import type { Reader } from "./read.ts";
import { messageView } from "./view.ts";

/** The first reply to the customer after a number that somebody else gave, a person or the AI. */
export async function newerReply(
  who: Reader,
  conversationId: string,
  { after, not }: { after: number; not: string },
): Promise<MessageView | undefined> {
  const [row] = await read(
    who.companyId,
    `SELECT * FROM message WHERE company_id = $1 AND conversation_id = $2 AND seq > $3 AND audience = 'all'
       AND author_kind IN ('agent', 'operator') AND author_id IS DISTINCT FROM $4 ORDER BY seq LIMIT 1`,
    [who.companyId, conversationId, after, not],
  );
  return row && messageView(row);
}
