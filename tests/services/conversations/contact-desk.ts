import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { createContact, createConversation, createConversationIn } from "#services/conversations";
import { aCompany, anOperator } from "#support/company";

export type Company = Awaited<ReturnType<typeof aDesk>>;

/** A company with somebody who works in it and one connection. */
export async function aDesk() {
  const company = await aCompany();
  const { companyId, agentId } = company;
  const connectionId = newId();
  await withCompany(companyId, (tx) =>
    tx.connection.create({
      data: {
        id: connectionId,
        companyId,
        agentId,
        channel: "whatsapp",
        name: "Ours",
        webhookId: newId(),
        sealed: "",
      },
    }),
  );
  return { ...company, connectionId, who: await anOperator(companyId) };
}

/** A customer of a platform, with the conversation, thread and id that their first message made. */
export async function onPlatform(
  { companyId, agentId, connectionId }: Company,
  name: string,
  address = newId(),
) {
  const contactId = await createContact(companyId, { name });
  const threadId = newId();
  const conversationId = await withCompany(companyId, async (tx) => {
    const made = await createConversationIn(tx, companyId, {
      agentId,
      contactId,
      channel: "whatsapp",
      threadId,
    });
    const place = { companyId, connectionId, contactId };
    await tx.thread.create({
      data: {
        ...place,
        id: threadId,
        key: address,
        kind: "direct",
        address: { to: address },
        conversationId: made,
      },
    });
    await tx.contactIdentity.create({ data: { ...place, address } });
    return made;
  });
  return { contactId, conversationId, threadId, address };
}

/** A customer of the web chat, with an empty conversation. */
export async function inWebChat({ companyId, agentId }: Company, contact: { name?: string; email?: string }) {
  const contactId = await createContact(companyId, contact);
  return { contactId, conversationId: await createConversation(companyId, { agentId, contactId }) };
}

/** Whose everything is: the contact of each conversation, thread and id of a company. */
export async function owners({ companyId }: Company) {
  const rows = await read<{ kind: string; contactId: string }>(
    companyId,
    `SELECT 'conversation' AS kind, contact_id AS "contactId" FROM conversation WHERE company_id = $1
     UNION ALL SELECT 'thread', contact_id FROM thread WHERE company_id = $1
     UNION ALL SELECT 'identity', contact_id FROM contact_identity WHERE company_id = $1`,
    [companyId],
  );
  return new Set(rows.map(({ contactId }) => contactId));
}
