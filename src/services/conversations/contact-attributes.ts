import type { z } from "zod";
import { toldName } from "#contracts/canned-words";
import {
  type ContactAttributes,
  type ContactAttributesBody,
  mostContactAttributes,
} from "#contracts/contacts";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, type Staff } from "#services/accounts";
import { tellRows } from "./contacts.ts";
import type { Reader } from "./read.ts";

type Row = {
  id: string;
  name: string;
  email: string | null;
  language: string | null;
  attributes: ContactAttributes["attributes"];
};

/** What is known of a contact. Throws `not_found`. */
export async function contactAttributes(who: Reader, contactId: string): Promise<ContactAttributes> {
  const [row] = await read<Row>(
    who.companyId,
    "SELECT id, name, email, language, attributes FROM contact WHERE company_id = $1 AND id = $2",
    [who.companyId, contactId],
  );
  if (row === undefined) throw unknownContact();
  return view(row);
}

/** Changes what is known of a contact: what is not named stays, `null` removes. Throws `not_found`, and `invalid` for too many. */
export async function setContactAttributes(
  who: Staff,
  contactId: string,
  change: z.output<typeof ContactAttributesBody>,
): Promise<ContactAttributes> {
  const { attributes = {}, ...named } = change;
  const { companyId } = who;
  const row = await withCompany(companyId, async (tx) => {
    await tx.contact.updateMany({ where: { companyId, id: contactId }, data: named });
    const [changed] = await tx.$queryRaw<Row[]>`
      UPDATE contact SET attributes = jsonb_strip_nulls(attributes || ${JSON.stringify(attributes)}::jsonb)
      WHERE company_id = ${companyId}::uuid AND id = ${contactId}::uuid RETURNING id, name, email, language, attributes`;
    if (changed === undefined) throw unknownContact();
    // Counted while the row is held: two who add at once cannot both take the last place.
    if (Object.keys(changed.attributes).length > mostContactAttributes)
      throw new AppError("invalid", `A contact has at most ${mostContactAttributes} attributes.`);
    await audit(tx, who, "contact.changed", contactId, {
      fields: [...Object.keys(named), ...Object.keys(attributes)],
    });
    return changed;
  });
  if (named.name !== undefined) await tellRows(companyId, contactId);
  return view(row);
}

function view({ id, name, email, language, attributes }: Row): ContactAttributes {
  return { id, name: toldName(name), email: email ?? undefined, language: language ?? undefined, attributes };
}

function unknownContact(): AppError {
  return new AppError("not_found", "This contact does not exist.");
}
