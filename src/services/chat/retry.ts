import type { z } from "zod";
import type { PageQuery, UndeliveredPage } from "#contracts/connections";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { must, type Who } from "#services/accounts";
import { append, customerName, findConversation } from "#services/conversations";

/** Sends a message once more that failed, or of which nobody knows whether it arrived. Throws `conflict` where it is neither. */
export async function retryDelivery(who: Who, conversationId: string, messageId: string): Promise<void> {
  const conversation = await findConversation(who, conversationId);
  const { outcome } = await append(conversation, {
    now: new Date(),
    delivery: { messageId, state: "waiting" },
    jobs: [
      {
        task: "message.deliver",
        payload: { companyId: who.companyId, conversationId },
        queue: `deliver:${conversationId}`,
        key: `deliver:${conversationId}`,
      },
    ],
  });
  if (outcome === "done") return;
  throw new AppError(
    "conflict",
    "This message is on its way or has arrived: there is nothing to send again.",
  );
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

/** Messages that a connection could not deliver, newest first. */
export async function listUndelivered(
  who: Who,
  connectionId: string,
  { cursor, limit }: z.output<typeof PageQuery>,
): Promise<z.infer<typeof UndeliveredPage>> {
  must(who, "connections:read");
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
