import type { z } from "zod";
import type { PageQuery, UndeliveredPage } from "#contracts/connections";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { must, type Who } from "#services/accounts";
import { needConnection } from "#services/connections";
import { append, type ConversationRecord, customerName, findConversation } from "#services/conversations";

/**
 * Sends a message once more that failed, or of which nobody knows whether it arrived. Throws `not_found` for one that was
 * never to leave for a platform, `conflict` where it is on its way or has arrived.
 */
export async function retryDelivery(who: Who, conversationId: string, messageId: string): Promise<void> {
  const conversation = await findConversation(who, conversationId);
  if (await sendAgain(conversation, messageId)) return;
  const known = await read(
    who.companyId,
    "SELECT 1 FROM delivery WHERE company_id = $1 AND conversation_id = $2 AND message_id = $3",
    [who.companyId, conversationId, messageId],
  );
  if (known.length === 0) throw new AppError("not_found", "There is no such message on a platform.");
  throw new AppError(
    "conflict",
    "This message is on its way or has arrived: there is nothing to send again.",
  );
}

/** Puts a message that failed or is unknown in line again, from its first part that is not known to have left; false where it is neither. */
export async function sendAgain(conversation: ConversationRecord, messageId: string): Promise<boolean> {
  const { companyId, id: conversationId } = conversation;
  const job = {
    task: "message.deliver",
    payload: { companyId, conversationId },
    queue: `deliver:${conversationId}`,
    key: `deliver:${conversationId}`,
  };
  const delivery = { messageId, state: "waiting" as const };
  const { outcome } = await append(conversation, { now: new Date(), delivery, jobs: [job] });
  return outcome === "done";
}

type Row = {
  messageId: string;
  conversationId: string;
  contactId: string;
  contactName: string;
  text: string;
  state: "failed" | "unknown";
  words: string | null;
  at: Date;
};

/** Messages that a connection could not deliver, newest first. Throws `not_found` for a connection that is none. */
export async function listUndelivered(
  who: Who,
  connectionId: string,
  { cursor, limit }: z.output<typeof PageQuery>,
): Promise<z.infer<typeof UndeliveredPage>> {
  must(who, "connections:read");
  await needConnection(who.companyId, connectionId);
  const [at, id] = placeOf(cursor);
  const rows = await read<Row>(
    who.companyId,
    `SELECT d.message_id AS "messageId", d.conversation_id AS "conversationId", k.id AS "contactId", k.name AS "contactName",
            left(m.text, 140) AS text, d.state, d.words, d.changed_at AS at
     FROM delivery d JOIN message m ON m.id = d.message_id JOIN conversation c ON c.id = d.conversation_id
     JOIN contact k ON k.company_id = d.company_id AND k.id = c.contact_id
     WHERE d.company_id = $1 AND d.connection_id = $2 AND d.state IN ('failed', 'unknown')
       AND ($3::timestamptz IS NULL OR (d.changed_at, d.message_id) < ($3, $4::uuid))
     ORDER BY d.changed_at DESC, d.message_id DESC LIMIT $5`,
    [who.companyId, connectionId, at, id, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map(({ contactId, contactName, text, words, at: changed, ...rest }) => ({
      ...rest,
      customer: customerName({ id: contactId, name: contactName }),
      snippet: text,
      words: words ?? "",
      at: changed.toISOString(),
    })),
    ...(rows.length > limit && last && { next: `${last.at.getTime()}.${last.messageId}` }),
  };
}

function placeOf(cursor: string | undefined): [Date | null, string | null] {
  const [, time, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor ?? "") ?? [];
  return time === undefined || id === undefined ? [null, null] : [new Date(Number(time)), id];
}
