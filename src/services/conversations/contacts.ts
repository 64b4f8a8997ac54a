import type { z } from "zod";
import { toldName } from "#contracts/canned-words";
import {
  type ContactAttributes,
  type ContactList,
  type ContactQuery,
  mostContactAttributes,
} from "#contracts/contacts";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, type Who } from "#services/accounts";
import { publishToCompany } from "./publish.ts";
import type { Reader } from "./read.ts";
import { conversationRecord } from "./record.ts";
import { conversationRow, customerName } from "./view.ts";

type Row = { id: string; name: string; email: string | null; channels: string[]; lastSeenAt: Date };

/** So many conversations of a merged contact are shown under the kept name at once; older ones when they are opened. */
const mostTold = 100;

/** Whoever is merged so many times in a row while somebody waits for them is none. */
const mostTries = 10;

/** Contacts of the company whose name, as windows show it, or address holds these words, newest first; the first of all where there are none. */
export async function findContacts(
  who: Reader,
  { query, limit }: z.output<typeof ContactQuery>,
): Promise<z.infer<typeof ContactList>> {
  const rows = await read<Row>(
    who.companyId,
    `SELECT k.id, k.name, k.email, coalesce(theirs.channels, '{}') AS channels,
            greatest(k.last_seen_at, theirs.last_message_at) AS "lastSeenAt"
     FROM (
       SELECT * FROM contact WHERE company_id = $1 AND ($2 = '' OR email ILIKE $3 OR
         CASE name WHEN '' THEN 'Visitor ' || right(id::text, 4) ELSE name END ILIKE $3
         OR ($5 <> '' AND name ~ '^\\+[0-9]+$' AND name LIKE '%' || $5 || '%'))
       ORDER BY created_at DESC, id DESC LIMIT $4
     ) k CROSS JOIN LATERAL (
       SELECT array_agg(DISTINCT c.channel) AS channels, max(c.last_message_at) AS last_message_at
       FROM conversation c WHERE c.company_id = k.company_id AND c.contact_id = k.id
     ) theirs ORDER BY k.created_at DESC, k.id DESC`,
    [who.companyId, query, `%${query.replaceAll(/[\\%_]/g, "\\$&")}%`, limit, digitsOf(query)],
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

/** The digits of a number as it is written; none of what is a name. */
function digitsOf(query: string): string {
  return /^[\d\s()+./-]+$/.test(query) ? query.replaceAll(/\D/g, "") : "";
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
    const found = await tx.$queryRaw<Merged[]>`
      SELECT id, name, email, locale, page, language, attributes, created_at AS "createdAt" FROM contact WHERE company_id = ${companyId}::uuid AND id = ANY(ARRAY[${contactId}, ${into}]::uuid[])
      ORDER BY id FOR UPDATE`;
    const gone = found.find(({ id }) => id === contactId);
    const kept = found.find(({ id }) => id === into);
    if (gone === undefined || kept === undefined)
      throw new AppError("not_found", "This contact does not exist.");
    // And these in the order in which what is written to them at once is.
    await tx.$queryRaw`
      SELECT id FROM conversation WHERE company_id = ${companyId}::uuid AND contact_id = ${contactId}::uuid
      ORDER BY id FOR UPDATE`;
    const theirs = { where: { companyId, contactId }, data: { contactId: into } };
    await tx.conversation.updateMany(theirs);
    await tx.chatSession.updateMany(theirs);
    await tx.thread.updateMany(theirs);
    await tx.contactIdentity.updateMany(theirs);
    await tx.lead.updateMany(theirs);
    await tx.contact.updateMany({
      where: { companyId, id: into },
      data: {
        name: toldName(kept.name) || toldName(gone.name) || kept.name || gone.name,
        email: kept.email ?? gone.email,
        locale: kept.locale ?? gone.locale,
        page: kept.page ?? gone.page,
        language: kept.language ?? gone.language,
        attributes: attributesOfBoth(kept, gone),
        createdAt: new Date(Math.min(gone.createdAt.getTime(), kept.createdAt.getTime())),
      },
    });
    await tx.contact.deleteMany({ where: { companyId, id: contactId } });
    await audit(tx, who, "contact.merged", into, { merged: contactId });
  });
  await tellRows(companyId, into);
}

/**
 * Answers whose a thread or a session is, and keeps that contact from being merged before the transaction ends. Taken
 * before the thread or session itself, as a merge takes them, so that neither waits for the other. Throws `not_found`.
 */
export async function holdContactOf(tx: Tx, companyId: string, id: string): Promise<string> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [held] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM contact WHERE company_id = ${companyId}::uuid AND id = (
        SELECT contact_id FROM thread WHERE company_id = ${companyId}::uuid AND id = ${id}::uuid
        UNION ALL SELECT contact_id FROM chat_session WHERE company_id = ${companyId}::uuid AND id = ${id}::uuid
      ) FOR KEY SHARE`;
    // Nobody: merged while we waited, so it is another's now.
    if (held !== undefined) return held.id;
  }
  throw new AppError("not_found", "This contact does not exist.");
}

type Merged = {
  id: string;
  name: string;
  email: string | null;
  locale: string | null;
  page: string | null;
  language: string | null;
  attributes: ContactAttributes["attributes"];
  createdAt: Date;
};

// Those of the contact that stays go first where there are too many.
function attributesOfBoth(kept: Merged, gone: Merged): ContactAttributes["attributes"] {
  const both = Object.entries({ ...kept.attributes, ...gone.attributes, ...kept.attributes });
  return Object.fromEntries(both.slice(0, mostContactAttributes));
}

/** Lets every window show a contact's conversations under the contact's name. */
export async function tellRows(companyId: string, contactId: string): Promise<void> {
  const rows = await read<{ found: Record<string, unknown> }>(
    companyId,
    `SELECT to_jsonb(c) || conversation_names(c) AS found FROM conversation c
     WHERE company_id = $1 AND contact_id = $2 ORDER BY created_at DESC LIMIT $3`,
    [companyId, contactId, mostTold],
  );
  for (const { found } of rows) {
    const row = conversationRow(conversationRecord(found));
    publishToCompany(companyId, { type: "row", conversationId: row.id, row });
  }
}
