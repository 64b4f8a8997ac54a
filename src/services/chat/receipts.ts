import type { Receipt } from "#contracts/channel";
import { read } from "#lib/db";
import type { OpenConnection } from "#services/connections";
import { append, findConversation, markRead } from "#services/conversations";
import { keepExternalId } from "./delivery-store.ts";

type Row = { messageId: string; conversationId: string; seq: number };

/** Moves our messages forward as a platform tells; what it tells late, or twice, changes nothing. */
export async function settleReceipt(connection: OpenConnection, receipt: Receipt, now: Date): Promise<void> {
  const rows = await receiptRows(connection, receipt);
  for (const { messageId, conversationId } of rows) {
    const conversation = await findConversation(connection, conversationId);
    const { status, failure } = receipt;
    await append(conversation, {
      now,
      delivery: { messageId, state: status, code: failure?.code, words: failure?.words },
    });
  }
  const last = rows.at(-1);
  if (receipt.status === "read" && last !== undefined) {
    await markRead(connection, last.conversationId, "customer", Math.max(...rows.map(({ seq }) => seq)));
  }
}

async function receiptRows(connection: OpenConnection, receipt: Receipt): Promise<Row[]> {
  const { companyId, id: connectionId } = connection;
  if (receipt.externalId !== undefined) {
    const named = await read<Row>(
      companyId,
      `SELECT d.message_id AS "messageId", d.conversation_id AS "conversationId", d.seq
       FROM external_message x JOIN delivery d ON d.message_id = x.message_id
       WHERE x.company_id = $1 AND x.connection_id = $2 AND x.external_id = $3`,
      [companyId, connectionId, receipt.externalId],
    );
    return named.length > 0 ? named : adopted(connection, receipt, receipt.externalId);
  }
  return read<Row>(
    companyId,
    `SELECT d.message_id AS "messageId", d.conversation_id AS "conversationId", d.seq
     FROM delivery d JOIN thread t ON t.id = d.thread_id
     WHERE d.company_id = $1 AND d.connection_id = $2 AND t.key = $3 AND d.changed_at <= $4 AND delivery_moves(d.state, $5)
     ORDER BY d.seq LIMIT 200`,
    [companyId, connectionId, receipt.threadKey ?? "", receipt.until ?? receipt.at, receipt.status],
  );
}

/**
 * A receipt of a message that we do not know by this id: the answer that would have told us was lost. Our own key settles
 * which one it is, where the platform repeats it.
 */
async function adopted(connection: OpenConnection, receipt: Receipt, externalId: string): Promise<Row[]> {
  const { companyId, id: connectionId } = connection;
  const ids = receipt.key === undefined ? undefined : messagesOfKey(receipt.key);
  if (ids === undefined) return [];
  const rows = await read<Row>(
    companyId,
    `SELECT message_id AS "messageId", conversation_id AS "conversationId", seq FROM delivery
     WHERE company_id = $1 AND connection_id = $2 AND message_id BETWEEN $3 AND $4`,
    [companyId, connectionId, ids.first, ids.last],
  );
  const [row] = rows;
  if (row !== undefined) await keepExternalId(connection, externalId, row.messageId);
  return rows;
}

/** The key under which a part of a message leaves: a UUID that is the same at every try, and whose message can be found by it. */
export function keyOf(messageId: string, part: number): string {
  return part === 0 ? messageId : `${messageId.slice(0, -4)}${part.toString(16).padStart(4, "0")}`;
}

// Only the last digits of a key count its part, and two messages of one process never share the others.
function messagesOfKey(key: string): { first: string; last: string } | undefined {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) return undefined;
  const common = key.slice(0, -4);
  return { first: `${common}0000`, last: `${common}ffff` };
}
