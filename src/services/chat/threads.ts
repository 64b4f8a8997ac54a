import { isDeepStrictEqual } from "node:util";
import { Thread } from "#contracts/channel";
import { callSql, read, type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OpenConnection } from "#services/connections";
import { createConversationIn, holdContactOf } from "#services/conversations";
import { allIds, contactIn, lockNames, type Sender } from "./senders.ts";

/** Where a conversation lives on its platform, as it is stored. */
export type ThreadRecord = {
  id: string;
  contactId: string;
  conversationId: string;
  blocked: boolean;
  /** They have sent STOP, and no START since. */
  optedOutAt: Date | undefined;
  address: Record<string, string>;
  lastExternalId: string | undefined;
  /** When the customer wrote last, where that was earlier than when we took it in. */
  customerWroteAt: Date | undefined;
};

/**
 * The thread of this key, or the one in which its sender has written under another of their `ids`; undefined where nobody
 * has written yet.
 */
export async function findThread(
  connection: OpenConnection,
  key: string,
  ids: string[] = [],
): Promise<ThreadRecord | undefined> {
  const { companyId, id } = connection;
  // Nearly always it is there under its own name, which costs no transaction.
  const [row] = await read<ThreadRow>(
    companyId,
    `SELECT id, contact_id AS "contactId", conversation_id AS "conversationId", blocked, address,
            opted_out_at AS "optedOutAt", last_external_id AS "lastExternalId", customer_wrote_at AS "customerWroteAt"
     FROM thread WHERE company_id = $1 AND connection_id = $2 AND key = $3`,
    [companyId, id, key],
    { name: "thread_by_key" },
  );
  if (row !== undefined) return recordOf(row);
  return withCompany(companyId, (tx) => threadIn(tx, connection, key, ids));
}

/** A known thread as it is told now: what its platform needs to be answered is kept, where it has changed. */
export async function keepAddress(
  { companyId }: OpenConnection,
  known: ThreadRecord,
  { address }: Thread,
): Promise<ThreadRecord> {
  if (!known.blocked && isDeepStrictEqual(known.address, address)) return known;
  const values = [companyId, known.id, JSON.stringify(address)];
  await callSql("SELECT keep_address($1, $2, $3::jsonb)", values, { name: "keep_address" });
  // Who writes to us has not blocked us.
  return { ...known, address, blocked: false };
}

/** What is told later than this was held up on its way. */
const lateMs = 60_000;
/** Meta repeats itself for seven days and no platform for longer: an older moment cannot be believed. */
const latestMs = 8 * 24 * 60 * 60_000;

/**
 * Keeps when a customer wrote what is about to be stored, where that is long ago: a platform counts how long we may answer
 * from there, not from when its message came through. A moment that is still to come counts as now.
 */
export async function noteWritten(
  { companyId }: OpenConnection,
  { id, customerWroteAt }: ThreadRecord,
  writtenAt: Date,
  now: Date,
): Promise<void> {
  const lag = now.getTime() - writtenAt.getTime();
  const isLate = lag > lateMs && lag < latestMs;
  if (!isLate && customerWroteAt === undefined) return;
  await withCompany(
    companyId,
    (tx) => tx.$executeRaw`
      UPDATE thread SET customer_wrote_at = CASE WHEN ${isLate}
        THEN greatest(coalesce(customer_wrote_at, last_customer_at, ${writtenAt}), ${writtenAt}) END
      WHERE company_id = ${companyId}::uuid AND id = ${id}::uuid`,
  );
}

/** Keeps whether a customer has closed their thread to us. */
export async function blockThread(
  { companyId }: OpenConnection,
  { id }: ThreadRecord,
  { blocked }: { blocked: boolean },
): Promise<void> {
  await withCompany(companyId, (tx) => tx.thread.updateMany({ where: { id, companyId }, data: { blocked } }));
}

/**
 * The thread that a message came in, made where it is new: with its contact, whom any known id of the sender names, and
 * an empty conversation. What the platform needs to be answered is kept as it was told last.
 */
export async function enterThread(
  connection: OpenConnection,
  thread: Thread,
  sender: Sender,
): Promise<ThreadRecord> {
  const { id: connectionId, companyId, agentId, channel } = connection;
  return withCompany(companyId, async (tx) => {
    await lockNames(tx, connectionId, [thread.key, ...sender.ids]);
    const known = await threadIn(tx, connection, thread.key, sender.ids);
    if (known !== undefined) {
      await tx.thread.updateMany({
        where: { id: known.id, companyId },
        // Who writes to us has not blocked us.
        data: { address: thread.address, blocked: false },
      });
      return { ...known, address: thread.address, blocked: false };
    }
    const contactId = await contactIn(tx, connection, sender);
    const id = newId();
    const conversationId = await createConversationIn(tx, companyId, {
      agentId,
      contactId,
      channel,
      threadId: id,
    });
    const { key, kind, address } = thread;
    await tx.thread.create({
      data: { id, companyId, connectionId, key, kind, address, contactId, conversationId },
    });
    return {
      id,
      contactId,
      conversationId,
      blocked: false,
      optedOutAt: undefined,
      address,
      lastExternalId: undefined,
      customerWroteAt: undefined,
    };
  });
}

/** Gives a thread a new conversation in place of one that ended too long ago. */
export async function renewConversation(
  { companyId, agentId, channel }: OpenConnection,
  { id: threadId, conversationId: ended }: ThreadRecord,
): Promise<string> {
  return withCompany(companyId, async (tx) => {
    const contactId = await holdContactOf(tx, companyId, threadId);
    const [row] = await tx.$queryRaw<{ conversation_id: string }[]>`
      SELECT conversation_id FROM thread WHERE company_id = ${companyId}::uuid AND id = ${threadId}::uuid FOR UPDATE`;
    if (row !== undefined && row.conversation_id !== ended) return row.conversation_id;
    const conversationId = await createConversationIn(tx, companyId, {
      agentId,
      contactId,
      channel,
      threadId,
    });
    await tx.thread.updateMany({ where: { id: threadId, companyId }, data: { conversationId } });
    return conversationId;
  });
}

/**
 * A direct thread may be named after its customer, who may come under another id one day: it is theirs under each of them.
 * One that is named otherwise is none of these, as a customer may have several.
 */
async function threadIn(
  tx: Tx,
  { companyId, id: connectionId }: OpenConnection,
  key: string,
  ids: string[],
): Promise<ThreadRecord | undefined> {
  const where = { companyId, connectionId };
  const theirs = ids.includes(key) ? ids : [key];
  const row =
    (await tx.thread.findFirst({ where: { ...where, key } })) ??
    (await tx.thread.findFirst({
      where: { ...where, kind: "direct", key: { in: await allIds(tx, connectionId, theirs) } },
      orderBy: { createdAt: "desc" },
    }));
  return row === null ? undefined : recordOf({ ...row, address: Thread.shape.address.parse(row.address) });
}

type ThreadRow = Omit<ThreadRecord, "lastExternalId" | "optedOutAt" | "customerWroteAt"> & {
  lastExternalId: string | null;
  customerWroteAt: Date | null;
  optedOutAt: Date | null;
};

function recordOf(row: ThreadRow): ThreadRecord {
  const { id, contactId, conversationId, blocked, optedOutAt, address, lastExternalId, customerWroteAt } =
    row;
  return {
    id,
    contactId,
    conversationId,
    blocked,
    optedOutAt: optedOutAt ?? undefined,
    address,
    lastExternalId: lastExternalId ?? undefined,
    customerWroteAt: customerWroteAt ?? undefined,
  };
}
