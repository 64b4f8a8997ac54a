import type { z } from "zod";
import type { PageQuery, QuarantinePage } from "#contracts/connections";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, must, type Who } from "#services/accounts";
import { needConnection } from "#services/connections";
import { redacted } from "./redacted.ts";
import { discardWithin, releaseWithin } from "./store.ts";

type Row = {
  id: string;
  n: string;
  receivedAt: Date;
  reason: string | null;
  attempts: number;
  size: number;
  body: Buffer;
};

/** How long a delivery stays in quarantine that nobody replays or discards, as the sweep has it too. */
const keptMs = 90 * 24 * 60 * 60_000;

/** A body that is larger is not shown. */
const mostShown = 100_000;

/** Deliveries that could not be read, newest first, their bodies without what customers wrote. */
export async function listQuarantine(
  who: Who,
  connectionId: string,
  { cursor, limit }: z.output<typeof PageQuery>,
): Promise<z.infer<typeof QuarantinePage>> {
  must(who, "connections:read");
  await needConnection(who.companyId, connectionId);
  const rows = await read<Row>(
    who.companyId,
    `SELECT id, n, received_at AS "receivedAt", reason, attempts, octet_length(body) AS size, substring(body FOR $5) AS body
     FROM webhook_delivery
     WHERE company_id = $1 AND connection_id = $2 AND state = 'quarantined' AND ($3::bigint IS NULL OR n < $3)
     ORDER BY n DESC LIMIT $4`,
    [who.companyId, connectionId, /^\d{1,18}$/.test(cursor ?? "") ? cursor : null, limit + 1, mostShown],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    deliveries: page.map(({ id, receivedAt, reason, attempts, size, body }) => ({
      id,
      receivedAt: receivedAt.toISOString(),
      keptUntil: new Date(receivedAt.getTime() + keptMs).toISOString(),
      reason: reason ?? "",
      attempts,
      body: size > mostShown ? `(${size} bytes, too many to be shown)` : redacted(body),
    })),
    ...(rows.length > limit && last && { next: String(last.n) }),
  };
}

/** Has a delivery in quarantine read once more. Throws `not_found` for one that is not there. */
export async function replayDelivery(who: Who, connectionId: string, deliveryId: string): Promise<void> {
  must(who, "connections:write");
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    const released = await releaseWithin(tx, { companyId, id: connectionId }, deliveryId);
    if (!released) throw new AppError("not_found", "This delivery is not in quarantine.");
    await audit(tx, who, "delivery.replayed", deliveryId);
  });
}

/** Throws a delivery in quarantine away for good. Throws `not_found` for one that is not there. */
export async function discardDelivery(who: Who, connectionId: string, deliveryId: string): Promise<void> {
  must(who, "connections:write");
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    const discarded = await discardWithin(tx, { companyId, id: connectionId }, deliveryId);
    if (!discarded) throw new AppError("not_found", "This delivery is not in quarantine.");
    await audit(tx, who, "delivery.discarded", deliveryId);
  });
}
