import type { RejectionReason } from "#contracts/connections";
import { withCompany } from "#lib/db";
import type { OpenConnection } from "./open.ts";

type Place = Pick<OpenConnection, "companyId" | "id">;

/** Counts a refused delivery, so that a wrongly pasted secret is seen at once. */
export async function countRejection(
  { companyId, id }: Place,
  reason: RejectionReason,
  now: Date,
): Promise<void> {
  await withCompany(
    companyId,
    (
      tx,
    ) => tx.$executeRaw`INSERT INTO rejection AS counted (company_id, connection_id, reason, day, count, last_at)
      VALUES (${companyId}::uuid, ${id}::uuid, ${reason}, ${now}::date, 1, ${now})
      ON CONFLICT (connection_id, reason, day) DO UPDATE SET count = counted.count + 1, last_at = excluded.last_at`,
  );
}

/** Notes that the platform took something from us. */
export async function noteSent({ companyId, id }: Place, now: Date): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.connection.updateMany({ where: { id, companyId }, data: { lastSentAt: now } }),
  );
}

/** Notes what went wrong last; with `revoked` the connection waits until someone mends its credentials. */
export async function noteError(
  { companyId, id }: Place,
  words: string,
  now: Date,
  { revoked = false }: { revoked?: boolean } = {},
): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.connection.updateMany({
      where: { id, companyId },
      data: { lastError: words.slice(0, 500), lastErrorAt: now, ...(revoked && { state: "revoked" }) },
    }),
  );
}
