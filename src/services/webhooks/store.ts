import { callSql, read, type Tx, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import type { WebhookRequest } from "#services/channels";
import type { OpenConnection } from "#services/connections";

type Place = Pick<OpenConnection, "companyId" | "id">;

/** A delivery that waits to be read. */
export type StoredDelivery = { id: string; attempts: number; request: WebhookRequest };

/** What became of a delivery. */
export type Settled =
  | { id: string; state: "handled" }
  | { id: string; state: "quarantined"; reason: string }
  | { id: string; state: "received"; nextAt: Date };

type Row = {
  id: string;
  attempts: number;
  url: string;
  contentType: string | null;
  body: Buffer;
  receivedAt: Date;
};

/** The oldest deliveries of a connection that are due, in the order in which they came. */
export async function nextDeliveries(
  { companyId, id }: Place,
  now: Date,
  most: number,
): Promise<StoredDelivery[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT id, attempts, url, content_type AS "contentType", body, received_at AS "receivedAt" FROM webhook_delivery
     WHERE company_id = $1 AND connection_id = $2 AND state = 'received' AND (next_at IS NULL OR next_at <= $3)
     ORDER BY n LIMIT $4`,
    [companyId, id, now, most],
    { name: "next_deliveries" },
  );
  return rows.map((row) => ({ id: row.id, attempts: row.attempts, request: requestOf(row) }));
}

/** A stored delivery as the request that it was. */
export function requestOf({
  url,
  contentType,
  body,
  receivedAt,
}: Omit<Row, "id" | "attempts">): WebhookRequest {
  const headers = new Headers(contentType === null ? {} : { "content-type": contentType });
  return { method: "POST", url: new URL(url), headers, rawBody: body, now: receivedAt };
}

/** Notes what became of deliveries, in one statement. */
export async function settle({ companyId }: Place, settled: Settled[]): Promise<void> {
  const facts = JSON.stringify(settled);
  await callSql("SELECT settle_deliveries($1, $2::jsonb)", [companyId, facts], { name: "settle_deliveries" });
}

/** When a delivery that has to wait may be tried again; undefined where none waits. */
export async function nextTime({ companyId, id }: Place): Promise<Date | undefined> {
  const [row] = await read<{ at: Date | null }>(
    companyId,
    "SELECT min(next_at) AS at FROM webhook_delivery WHERE company_id = $1 AND connection_id = $2 AND state = 'received'",
    [companyId, id],
  );
  return row?.at ?? undefined;
}

/** Has a connection's deliveries looked at once more at that time. */
export async function lookLater({ companyId, id }: Place, runAt: Date): Promise<void> {
  const payload = { companyId, connectionId: id };
  // A key of its own: what comes meanwhile must not be put off to the time of what has to wait.
  const options = { runAt, key: `webhook-later:${id}`, queue: `webhook:${id}` };
  await withCompany(companyId, (tx) => addJobWithin(tx, "webhook.handle", payload, options));
}

/** Takes a delivery out of quarantine, to be read again by the job that comes with it; false where it is not there. */
export async function releaseWithin(tx: Tx, { companyId, id }: Place, deliveryId: string): Promise<boolean> {
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id: deliveryId, companyId, connectionId: id, state: "quarantined" },
    data: { state: "received", attempts: 0, nextAt: null },
  });
  if (count === 0) return false;
  const payload = { companyId, connectionId: id };
  await addJobWithin(tx, "webhook.handle", payload, { key: `webhook:${id}`, queue: `webhook:${id}` });
  return true;
}
