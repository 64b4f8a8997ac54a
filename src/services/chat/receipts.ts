import type { Receipt } from "#contracts/channel";
import { read } from "#lib/db";
import type { OpenConnection } from "#services/connections";
import { append, findConversation, markRead } from "#services/conversations";
import { keepPart, settlePart } from "./delivery-store.ts";
import { NotYet } from "./external.ts";
import { sendAgain } from "./retry.ts";
import { mindUndelivered } from "./undelivered.ts";

type Row = { messageId: string; conversationId: string; seq: number; state: string };

/**
 * Moves our messages forward as a platform tells; what it tells late, or twice, changes nothing. Throws `NotYet` where a
 * message that is meant, or a part of it, is still leaving.
 */
export async function settleReceipt(connection: OpenConnection, receipt: Receipt, now: Date): Promise<void> {
  const { externalId, status, failure } = receipt;
  const rows =
    externalId === undefined
      ? await rowsUntil(connection, receipt)
      : ((await rowsNamed(connection, externalId)) ?? (await rowsAdopted(connection, receipt, externalId)));
  const settled = rows.filter(({ state }) => status === "failed" || hasLeft.has(state));
  for (const row of rows) {
    const { messageId, conversationId, state } = row;
    const reached =
      externalId === undefined ? status : await settlePart(connection, { messageId, externalId, status });
    if (reached === state || !settled.includes(row)) continue;
    const conversation = await findConversation(connection, conversationId);
    const delivery = { messageId, state: reached, code: failure?.code, words: failure?.words };
    const { companyId } = connection;
    const jobs = reached === "failed" ? [mindUndelivered({ companyId, conversationId, messageId })] : [];
    await append(conversation, { now, delivery, jobs });
  }
  const last = settled.at(-1);
  if (status === "read" && last !== undefined) {
    await markRead(connection, last.conversationId, "customer", Math.max(...settled.map(({ seq }) => seq)));
  }
  if (rows.some(({ state }) => leaving.has(state)) && isFurther(status)) {
    throw new NotYet("The message that this is about is still leaving.");
  }
}

const leaving = new Set(["waiting", "sending"]);
// Of a message with an unknown part, what became of its other parts tells nothing.
const hasLeft = new Set(["sent", "delivered", "read"]);

/** Whether it says more than that the platform took it, which its own answer will say. */
function isFurther(status: Receipt["status"]): boolean {
  return status === "delivered" || status === "read";
}

const columns = `d.message_id AS "messageId", d.conversation_id AS "conversationId", d.seq, d.state`;

async function rowsNamed(
  { companyId, id: connectionId }: OpenConnection,
  externalId: string,
): Promise<Row[] | undefined> {
  const rows = await read<Row | { messageId: null }>(
    companyId,
    `SELECT ${columns} FROM external_message x LEFT JOIN delivery d ON d.message_id = x.message_id
     WHERE x.company_id = $1 AND x.connection_id = $2 AND x.external_id = $3`,
    [companyId, connectionId, externalId],
  );
  // What was written in the platform's own app is known, and none of ours to deliver.
  return rows.length === 0 ? undefined : rows.filter((row) => row.messageId !== null);
}

/** Messages that a platform had taken at a moment: all that left and was made before it. */
async function rowsUntil({ companyId, id: connectionId }: OpenConnection, receipt: Receipt): Promise<Row[]> {
  const { threadKey = "", until, at, status } = receipt;
  return read<Row>(
    companyId,
    `SELECT ${columns} FROM delivery d JOIN thread t ON t.id = d.thread_id
     WHERE d.company_id = $1 AND d.connection_id = $2 AND t.key = $3 AND d.created_at <= $4
       AND d.state IN ('sending', 'sent', 'delivered') AND delivery_moves(d.state, $5)
     ORDER BY d.seq LIMIT 200`,
    [companyId, connectionId, threadKey, until ?? at, status],
  );
}

/**
 * The message of a receipt that we do not know by its id: the answer that would have told us was lost, or is still on its
 * way. Our own key tells which part it is, where the platform repeats it; with an unknown part settled, its message goes on.
 */
async function rowsAdopted(connection: OpenConnection, receipt: Receipt, externalId: string): Promise<Row[]> {
  const { companyId, id: connectionId } = connection;
  const key = receipt.key ?? externalId;
  const ids = messagesOfKey(key);
  const rows =
    ids === undefined
      ? []
      : await read<Row>(
          companyId,
          `SELECT ${columns} FROM delivery d
           WHERE d.company_id = $1 AND d.connection_id = $2 AND d.message_id BETWEEN $3 AND $4`,
          [companyId, connectionId, ids.first, ids.last],
        );
  const [row] = rows;
  if (row === undefined) {
    // Where another program sent it, nothing will ever come of it.
    if (receipt.status !== "sent") throw new NotYet("The message that this is about is not known.");
    return [];
  }
  const { messageId, conversationId, state } = row;
  await keepPart(connection, { messageId, part: partOf(key, messageId), externalId });
  if (state !== "unknown" || receipt.status === "failed") return rows;
  await sendAgain(await findConversation(connection, conversationId), messageId);
  return [{ ...row, state: "waiting" }];
}

/** The key under which a part of a message leaves: a UUID that is the same at every try, and whose message can be found by it. */
export function keyOf(messageId: string, part: number): string {
  return part === 0 ? messageId : `${messageId.slice(0, -4)}${part.toString(16).padStart(4, "0")}`;
}

function partOf(key: string, messageId: string): number {
  return key === messageId ? 0 : Number.parseInt(key.slice(-4), 16);
}

// Only the last digits of a key count its part, and two messages of one process never share the others.
function messagesOfKey(key: string): { first: string; last: string } | undefined {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) return undefined;
  const common = key.slice(0, -4);
  return { first: `${common}0000`, last: `${common}ffff` };
}
