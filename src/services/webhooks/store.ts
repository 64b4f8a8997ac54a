import { callSql, read, type Tx, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import type { WebhookRequest } from "#services/channels";
import type { OpenConnection } from "#services/connections";

type Place = Pick<OpenConnection, "companyId" | "id">;

/** A delivery that waits to be read. */
export type StoredDelivery = { id: string; n: bigint; attempts: number; request: WebhookRequest };

/** A line in which a delivery waits for another try, until then: what came after it waits too. */
export type HeldLine = { n: bigint; until: Date };

/** What became of a delivery. */
export type Settled =
  | { id: string; state: "handled" }
  | { id: string; state: "quarantined"; reason: string }
  /** It is tried again, and what comes after it in these lines waits; with `waited` it was not tried itself. */
  | { id: string; state: "received"; nextAt: Date; lines: string[]; waited?: true };

type Row = {
  id: string;
  n: string;
  attempts: number;
  url: string;
  contentType: string | null;
  body: Buffer;
  receivedAt: Date;
};

/** The oldest deliveries of a connection that are due and not `underWay`, in the order in which they came. */
export async function nextDeliveries(
  { companyId, id }: Place,
  now: Date,
  most: number,
  underWay: string[],
): Promise<StoredDelivery[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT id, n, attempts, url, content_type AS "contentType", body, received_at AS "receivedAt" FROM webhook_delivery
     WHERE company_id = $1 AND connection_id = $2 AND state = 'received' AND (next_at IS NULL OR next_at <= $3)
       AND id <> ALL($5::uuid[])
     ORDER BY n LIMIT $4`,
    [companyId, id, now, most, underWay],
    { name: "next_deliveries" },
  );
  return rows.map((row) => ({
    id: row.id,
    n: BigInt(row.n),
    attempts: row.attempts,
    request: requestOf(row),
  }));
}

/** The lines of a connection in which something waits for another try, with the first that does; of interest to `those`. */
export async function heldLines(
  { companyId, id }: Place,
  those: StoredDelivery[],
  now: Date,
): Promise<Map<string, HeldLine>> {
  if (those.length === 0) return new Map();
  const rows = await read<{ line: string; n: string; until: Date }>(
    companyId,
    `SELECT line, min(n) AS n, max(next_at) AS until FROM webhook_delivery, unnest(lines) AS line
     WHERE company_id = $1 AND connection_id = $2 AND state = 'received' AND lines IS NOT NULL AND next_at > $3
     GROUP BY line`,
    [companyId, id, now],
    { name: "held_lines" },
  );
  return new Map(rows.map(({ line, n, until }) => [line, { n: BigInt(n), until }]));
}

/** A stored delivery as the request that it was. */
export function requestOf({
  url,
  contentType,
  body,
  receivedAt,
}: Omit<Row, "id" | "n" | "attempts">): WebhookRequest {
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

/** Removes a delivery that is in quarantine; false where it is not there. */
export async function discardWithin(tx: Tx, { companyId, id }: Place, deliveryId: string): Promise<boolean> {
  const { count } = await tx.webhookDelivery.deleteMany({
    where: { id: deliveryId, companyId, connectionId: id, state: "quarantined" },
  });
  return count > 0;
}
