import type { z } from "zod";
import type { ContactList, ContactQuery } from "#contracts/contacts";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, type Who } from "#services/accounts";
import type { Reader } from "./read.ts";
import { customerName } from "./view.ts";

type Row = { id: string; name: string; email: string | null; channels: string[]; lastSeenAt: Date };

/** Contacts of the company whose name or address holds these words, newest first; the first of all where there are none. */
export async function findContacts(
  who: Reader,
  { query, limit }: z.output<typeof ContactQuery>,
): Promise<z.infer<typeof ContactList>> {
  const rows = await read<Row>(
    who.companyId,
    `SELECT k.id, k.name, k.email, k.last_seen_at AS "lastSeenAt",
            ARRAY(SELECT DISTINCT c.channel FROM conversation c WHERE c.company_id = k.company_id AND c.contact_id = k.id) AS channels
     FROM contact k WHERE k.company_id = $1 AND ($2 = '' OR k.name ILIKE $3 OR k.email ILIKE $3)
     ORDER BY k.created_at DESC, k.id DESC LIMIT $4`,
    [who.companyId, query, `%${query.replaceAll(/[\\%_]/g, "\\$&")}%`, limit],
  );
  return {
    contacts: rows.map(({ id, name, email, channels, lastSeenAt }) => ({
      id,
      name: customerName({ id, name }),
      email: email ?? undefined,
      channels,
      lastSeenAt: lastSeenAt.toISOString(),
    })),
  };
}

/**
 * Makes two contacts one: all conversations, threads and ids of the first are the second's from now on. Throws
 * `not_found`, and `invalid` for a contact with itself.
 */
export async function mergeContacts(who: Who, contactId: string, into: string): Promise<void> {
  if (contactId === into) throw new AppError("invalid", "A contact cannot be merged with itself.");
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    // Locked in one order, so that two merges cannot wait for each other.
    const found = await tx.$queryRaw<{ id: string; name: string; email: string | null }[]>`
      SELECT id, name, email FROM contact WHERE company_id = ${companyId}::uuid AND id = ANY(ARRAY[${contactId}, ${into}]::uuid[])
      ORDER BY id FOR UPDATE`;
    const gone = found.find(({ id }) => id === contactId);
    const kept = found.find(({ id }) => id === into);
    if (gone === undefined || kept === undefined)
      throw new AppError("not_found", "This contact does not exist.");
    const theirs = { where: { companyId, contactId }, data: { contactId: into } };
    await tx.conversation.updateMany(theirs);
    await tx.chatSession.updateMany(theirs);
    await tx.thread.updateMany(theirs);
    await tx.contactIdentity.updateMany(theirs);
    await tx.contact.updateMany({
      where: { companyId, id: into },
      data: { name: kept.name === "" ? gone.name : kept.name, email: kept.email ?? gone.email },
    });
    await tx.contact.deleteMany({ where: { companyId, id: contactId } });
    await audit(tx, who, "contact.merged", into, { merged: contactId });
  });
}
