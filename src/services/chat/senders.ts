import { read, type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OpenConnection } from "#services/connections";

/** Who wrote, as a platform tells: every id that it knows them by, and what they call themselves. */
export type Sender = { ids: string[]; name: string | undefined };

/** Those of a sender's ids under which nobody is known yet. */
export async function strangeIds({ companyId, id }: OpenConnection, ids: string[]): Promise<string[]> {
  const rows = await read<{ address: string }>(
    companyId,
    "SELECT address FROM contact_identity WHERE company_id = $1 AND connection_id = $2 AND address = ANY($3)",
    [companyId, id, ids],
    { name: "identities" },
  );
  return ids.filter((address) => rows.every((row) => row.address !== address));
}

/** The contact whom a platform knows by this id; undefined where we know none. */
export async function contactOf(
  { companyId, id: connectionId }: OpenConnection,
  address: string,
): Promise<string | undefined> {
  const known = await withCompany(companyId, (tx) =>
    tx.contactIdentity.findFirst({ where: { companyId, connectionId, address } }),
  );
  return known?.contactId;
}

/** Who of a group spoke: the contact whom one of the sender's ids names, made where nobody is known by any of them. */
export async function enterSpeaker(
  connection: OpenConnection,
  ids: string[],
  nameOf: () => Promise<string | undefined>,
): Promise<{ id: string; name: string }> {
  const { companyId, id: connectionId } = connection;
  const [known] = await read<{ id: string; name: string }>(
    companyId,
    `SELECT k.id, k.name FROM contact_identity i JOIN contact k ON k.company_id = i.company_id AND k.id = i.contact_id
     WHERE i.company_id = $1 AND i.connection_id = $2 AND i.address = ANY($3) LIMIT 1`,
    [companyId, connectionId, ids],
    { name: "speaker" },
  );
  if (known !== undefined) return known;
  const name = await nameOf();
  return withCompany(companyId, async (tx) => {
    await lockNames(tx, connectionId, ids);
    const id = await contactIn(tx, connection, { ids, name });
    const contact = await tx.contact.findFirst({ where: { id, companyId } });
    return { id, name: contact?.name ?? "" };
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

/**
 * Lets one at a time enter a thread or a sender: of two processes that see a new one, the second finds it. Always in the
 * same order, so that neither waits for the other.
 */
export async function lockNames(tx: Tx, connectionId: string, names: string[]): Promise<void> {
  for (const name of [...new Set(names)].sort()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${connectionId} ${name}`}, 0))`;
  }
}

/** The contact whom one of a sender's ids names, made where there is none; all their ids are kept. */
export async function contactIn(
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

/** All ids of the contact who has one of these. */
export async function allIds(tx: Tx, connectionId: string, ids: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ address: string }[]>`
    SELECT theirs.address FROM contact_identity one JOIN contact_identity theirs
      ON theirs.connection_id = one.connection_id AND theirs.contact_id = one.contact_id
    WHERE one.connection_id = ${connectionId}::uuid AND one.address = ANY(${ids})`;
  return rows.map(({ address }) => address);
}
