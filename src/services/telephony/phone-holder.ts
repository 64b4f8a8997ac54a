import { read } from "#lib/db";

/** Who of the company speaks with a customer. */
export type Holder = { id: string; name: string };

/** The person who has a conversation with a number, on whichever of the company's lines; undefined where nobody has. */
export async function holderOf(companyId: string, number: string): Promise<Holder | undefined> {
  const [row] = await read<Holder>(
    companyId,
    `SELECT u.id, u.name FROM thread t
     JOIN conversation c ON c.company_id = t.company_id AND c.id = t.conversation_id AND c.state = 'WITH_HUMAN' AND c.channel = 'sms'
     JOIN "user" u ON u.id = c.operator_id
     WHERE t.company_id = $1 AND t.key = $2 LIMIT 1`,
    [companyId, number],
    { name: "phone_holder" },
  );
  return row;
}
