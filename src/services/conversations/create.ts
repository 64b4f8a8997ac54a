import type { ChannelName } from "#contracts/channel";
import { type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";

export type NewContact = { name?: string; email?: string; locale?: string; page?: string };

/** Makes a contact. */
export async function createContact(companyId: string, contact: NewContact): Promise<string> {
  const id = newId();
  await withCompany(companyId, (tx) => tx.contact.create({ data: { id, companyId, ...contact } }));
  return id;
}

/** Makes an empty conversation that the AI owns; it is in no list until someone writes. */
export async function createConversation(
  companyId: string,
  owner: { agentId: string; contactId: string },
): Promise<string> {
  return withCompany(companyId, (tx) => createConversationIn(tx, companyId, owner));
}

/** The same within a transaction that does more. */
export async function createConversationIn(
  tx: Tx,
  companyId: string,
  owner: { agentId: string; contactId: string; channel?: ChannelName; threadId?: string; topic?: string },
): Promise<string> {
  const id = newId();
  await tx.conversation.create({ data: { id, companyId, ...owner } });
  return id;
}
