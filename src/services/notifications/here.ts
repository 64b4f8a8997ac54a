import { read } from "#lib/db";

/** Whoever was seen within so many seconds is here: windows are noted every ten. */
const seenWithin = 45;

/** Says whether an operator has a window open, in whichever process, and has not said that they are away. */
export async function isHere({ companyId, userId }: { companyId: string; userId: string }): Promise<boolean> {
  const rows = await read(
    companyId,
    `SELECT 1 FROM presence WHERE company_id = $1 AND user_id = $2 AND status = 'online'
       AND seen_at > now() - $3 * interval '1 second'`,
    [companyId, userId, seenWithin],
  );
  return rows.length > 0;
}
