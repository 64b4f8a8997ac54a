import type { z } from "zod";
import type { LeadBody, LeadPage, LeadQuery, LeadView } from "#contracts/telephony";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { phoneNumber } from "#lib/phone-number";
import { audit, type Staff } from "#services/accounts";
import { customerName, decodeKeys, encodeKeys, type Reader } from "#services/conversations";

/** How a lead is named: by one of these, or by several that agree; the company is the asker's. */
export type LeadNames = {
  organizationId?: string | undefined;
  leadId?: string | undefined;
  phoneNumber?: string | undefined;
  conversationId?: string | undefined;
};

/**
 * The lead that is named. Throws `invalid` for what can be no number, and `not_found` where the company has none of that
 * name, or the names do not agree.
 */
export async function findLead(who: Reader, names: LeadNames): Promise<LeadView> {
  const number = names.phoneNumber === undefined ? undefined : phoneNumber(names.phoneNumber);
  const given: [string, string | undefined][] = [
    ["l.id = ?", names.leadId],
    ["l.phone_number = ?", number],
    [
      `l.phone_number = (SELECT t.key FROM conversation c JOIN thread t ON t.company_id = c.company_id AND t.id = c.thread_id
       WHERE c.company_id = $1 AND c.id = ?)`,
      names.conversationId,
    ],
  ];
  const used = given.filter(([, value]) => value !== undefined);
  const isForeign = names.organizationId !== undefined && names.organizationId !== who.companyId;
  if (used.length === 0 || isForeign) throw unknownLead();
  const wheres = used.map(([where], n) => where.replace("?", `$${n + 2}`));
  const [row] = await leadRows(
    who,
    `l.company_id = $1 AND ${wheres.join(" AND ")} LIMIT 1`,
    used.map(([, value]) => value),
  );
  if (row === undefined) throw unknownLead();
  return leadView(row);
}

/** The lead of a number in E.164; undefined where the company has none. */
export async function leadOf(who: Reader, number: string): Promise<LeadView | undefined> {
  const [row] = await leadRows(who, "l.company_id = $1 AND l.phone_number = $2", [number]);
  return row && leadView(row);
}

/** The conversation in which a lead's calls and messages are now; undefined where there is none. */
export async function currentConversation(who: Reader, leadId: string): Promise<string | undefined> {
  const [row] = await leadRows(who, "l.company_id = $1 AND l.id = $2", [leadId]);
  return row?.conversationId ?? undefined;
}

/** A page of the company's leads, newest first. Throws `invalid` for a cursor that is none. */
export async function listLeads(
  who: Reader,
  { query, status, cursor, limit }: z.output<typeof LeadQuery>,
): Promise<LeadPage> {
  const keys = cursor === undefined ? undefined : decodeKeys(cursor, ["moment", "id"]);
  const words = query.replaceAll(/[\\%_]/g, "\\$&");
  const digits = query.replaceAll(/\D/g, "");
  const rows = await leadRows(
    who,
    `l.company_id = $1 AND ($2::text IS NULL OR l.status = $2)
       AND ($3 = '' OR k.name ILIKE '%' || $3 || '%' OR ($4 <> '' AND l.phone_number LIKE '%' || $4 || '%'))
       AND ($5::timestamptz IS NULL OR (l.created_at, l.id) < ($5, $6::uuid))
     ORDER BY l.created_at DESC, l.id DESC LIMIT $7`,
    [status, words, digits, keys?.[0], keys?.[1], limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    leads: shown.map(leadView),
    next:
      rows.length > limit && last !== undefined
        ? encodeKeys([last.createdAt.toISOString(), last.id])
        : undefined,
  };
}

/** Changes what operators know of a lead. Throws `not_found`. */
export async function changeLead(
  who: Staff,
  leadId: string,
  { status, callConsent }: z.output<typeof LeadBody>,
  now = new Date(),
): Promise<LeadView> {
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    const { count } = await tx.lead.updateMany({
      where: { companyId, id: leadId },
      data: {
        ...(status !== undefined && { status }),
        ...(callConsent !== undefined && { callConsentAt: callConsent ? now : null }),
      },
    });
    if (count === 0) throw unknownLead();
    // Who may be called, and since when, must be provable.
    if (callConsent !== undefined) await audit(tx, who, "lead.call_consent", leadId, { callConsent });
  });
  return findLead(who, { leadId });
}

function unknownLead(): AppError {
  return new AppError("not_found", "This lead does not exist.");
}

type Row = {
  id: string;
  phoneNumber: string;
  status: LeadView["status"];
  contactId: string;
  name: string;
  email: string | null;
  conversationId: string | null;
  callConsentAt: Date | null;
  optedOutAt: Date | null;
  lastCallAt: Date | null;
  createdAt: Date;
};

function leadRows({ companyId }: Reader, rest: string, values: unknown[]): Promise<Row[]> {
  return read<Row>(
    companyId,
    `SELECT l.id, l.phone_number AS "phoneNumber", l.status, l.contact_id AS "contactId", k.name, k.email,
            l.call_consent_at AS "callConsentAt", l.opted_out_at AS "optedOutAt", l.last_call_at AS "lastCallAt",
            l.created_at AS "createdAt",
            (SELECT t.conversation_id FROM thread t JOIN conversation c ON c.company_id = t.company_id AND c.id = t.conversation_id
             WHERE t.company_id = l.company_id AND t.key = l.phone_number AND c.channel = 'sms'
             ORDER BY c.last_message_at DESC LIMIT 1) AS "conversationId"
     FROM lead l JOIN contact k ON k.company_id = l.company_id AND k.id = l.contact_id
     WHERE ${rest}`,
    [companyId, ...values],
  );
}

function leadView(row: Row): LeadView {
  return {
    id: row.id,
    phoneNumber: row.phoneNumber,
    status: row.status,
    contact: {
      id: row.contactId,
      name: customerName({ id: row.contactId, name: row.name }),
      email: row.email ?? undefined,
    },
    conversationId: row.conversationId ?? undefined,
    callConsentAt: row.callConsentAt?.toISOString(),
    optedOutAt: row.optedOutAt?.toISOString(),
    lastCallAt: row.lastCallAt?.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
