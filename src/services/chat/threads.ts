import type { Thread } from "#contracts/channel";
import { type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OpenConnection } from "#services/connections";
import { createConversationIn } from "#services/conversations";

/** Where a conversation lives on its platform, as it is stored. */
export type ThreadRecord = {
  id: string;
  contactId: string;
  conversationId: string;
  blocked: boolean;
  lastExternalId: string | undefined;
};

export type Sender = { ids: string[]; name: string | undefined };

/** The thread of this key; undefined where nobody has written in it yet. */
export async function findThread(connection: OpenConnection, key: string): Promise<ThreadRecord | undefined> {
  return withCompany(connection.companyId, (tx) => threadIn(tx, connection, key));
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
    // One at a time a thread: of two processes that see a new one, the second finds it.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${connectionId} ${thread.key}`}, 0))`;
    const known = await threadIn(tx, connection, thread.key);
    if (known !== undefined) {
      await tx.thread.updateMany({ where: { id: known.id, companyId }, data: { address: thread.address } });
      return known;
    }
    const contactId = await contactOf(tx, connection, sender);
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
    return { id, contactId, conversationId, blocked: false, lastExternalId: undefined };
  });
}

/** Gives a thread a new conversation in place of one that ended too long ago. */
export async function renewConversation(
  { companyId, agentId, channel }: OpenConnection,
  { id: threadId, contactId, conversationId: ended }: ThreadRecord,
): Promise<string> {
  return withCompany(companyId, async (tx) => {
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

/** Keeps a sender's further ids: whoever writes under one of them later is the same contact. */
export async function knowAlso(
  { companyId, id: connectionId }: OpenConnection,
  contactId: string,
  ids: string[],
): Promise<void> {
  await withCompany(companyId, (tx) => keepIdentities(tx, { companyId, connectionId, contactId }, ids));
}

async function contactOf(
  tx: Tx,
  { companyId, id: connectionId }: OpenConnection,
  sender: Sender,
): Promise<string> {
  const known = await tx.contactIdentity.findFirst({
    where: { companyId, connectionId, address: { in: sender.ids } },
  });
  const contactId = known?.contactId ?? newId();
  if (known === null) {
    await tx.contact.create({ data: { id: contactId, companyId, name: sender.name ?? "" } });
  }
  await keepIdentities(tx, { companyId, connectionId, contactId }, sender.ids);
  return contactId;
}

async function keepIdentities(
  tx: Tx,
  place: { companyId: string; connectionId: string; contactId: string },
  ids: string[],
): Promise<void> {
  const data = ids.map((address) => ({ ...place, address }));
  await tx.contactIdentity.createMany({ data, skipDuplicates: true });
}

async function threadIn(
  tx: Tx,
  { companyId, id: connectionId }: OpenConnection,
  key: string,
): Promise<ThreadRecord | undefined> {
  const row = await tx.thread.findFirst({ where: { companyId, connectionId, key } });
  if (row === null) return undefined;
  const { id, contactId, conversationId, blocked, lastExternalId } = row;
  return { id, contactId, conversationId, blocked, lastExternalId: lastExternalId ?? undefined };
}
