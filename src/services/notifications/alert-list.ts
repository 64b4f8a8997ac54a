import type { EscalationReason } from "#contracts/conversation";
import type { LiveEvent } from "#contracts/events";
import {
  type AlertKind,
  type AlertPage,
  type AlertView,
  groupOfAlert,
  type ReadAlertsBody,
  type UnreadAlerts,
} from "#contracts/notifications";
import { bus } from "#lib/bus";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import type { OperatorWho } from "#services/accounts";
import { customerName, notificationsTopic, type Ring } from "#services/conversations";

/** More than this is shown as "99+", so more need not be counted. */
const mostCounted = 100;

type Reader = Pick<OperatorWho, "companyId" | "userId">;

type Row = {
  id: string;
  kind: AlertKind;
  conversationId: string;
  contactId: string;
  contactName: string;
  reason: EscalationReason | null;
  snippet: string;
  lastAuthor: string | null;
  count: number;
  changedAt: Date;
  readAt: Date | null;
};

const columns = `a.id, a.kind, a.conversation_id AS "conversationId", k.id AS "contactId", k.name AS "contactName", c.reason,
  c.snippet, c.last_author AS "lastAuthor", a.count, a.changed_at AS "changedAt", a.read_at AS "readAt"`;
const beside = `JOIN conversation c ON c.company_id = a.company_id AND c.id = a.conversation_id
  JOIN contact k ON k.company_id = a.company_id AND k.id = c.contact_id`;

/** One page of what an operator was told, newest first, with what stands unread. Throws `invalid` for a foreign cursor. */
export async function listAlerts(
  who: Reader,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<AlertPage> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const [rows, unread] = await Promise.all([
    read<Row>(
      who.companyId,
      `SELECT ${columns} FROM alert a ${beside}
       WHERE a.company_id = $1 AND a.user_id = $2 AND ($3::timestamptz IS NULL OR (a.changed_at, a.id) < ($3, $4::uuid))
       ORDER BY a.changed_at DESC, a.id DESC LIMIT $5`,
      [who.companyId, who.userId, after?.at ?? null, after?.id ?? null, limit + 1],
    ),
    unreadOf(who),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { alerts: shown.map(alertView), next: more ? cursorOf(last) : undefined, unread };
}

/** What stands unread of one operator, by what it is about. */
export async function unreadOf({ companyId, userId }: Reader): Promise<UnreadAlerts> {
  return (await unreadOfMany(companyId, [userId])).get(userId) ?? nothing();
}

/** Marks alerts as seen, and tells every window of their operator. */
export async function readAlerts(who: Reader, body: ReadAlertsBody, now = new Date()): Promise<UnreadAlerts> {
  const { companyId, userId } = who;
  const these = body.what === "conversation" ? { conversationId: body.conversationId } : {};
  const read = await withCompany(companyId, (tx) =>
    tx.alert.updateManyAndReturn({
      where: { companyId, userId, readAt: null, ...these },
      data: { readAt: now },
      select: { id: true },
    }),
  );
  const unread = await unreadOf(who);
  if (read.length === 0) return unread;
  const ids = body.what === "everything" ? undefined : read.map(({ id }) => id);
  tellOperator(who, { type: "alerts_read", ids, unread });
  return unread;
}

/** Tells the windows of operators what they were told just now. */
export async function tellRaised(companyId: string, raised: { id: string; userId: string }[]): Promise<void> {
  if (raised.length === 0) return;
  const rows = await read<Row & { userId: string }>(
    companyId,
    `SELECT a.user_id AS "userId", ${columns} FROM alert a ${beside} WHERE a.company_id = $1 AND a.id = ANY($2)
     ORDER BY a.changed_at, a.id`,
    [companyId, raised.map(({ id }) => id)],
  );
  const unread = await unreadOfMany(
    companyId,
    rows.map(({ userId }) => userId),
  );
  for (const row of rows) {
    const alert = alertView(row);
    const { conversationId } = alert;
    tellOperator(
      { companyId, userId: row.userId },
      { type: "alert", conversationId, alert, unread: unread.get(row.userId) ?? nothing() },
    );
  }
}

/** Tells the windows of operators which alerts of theirs were settled without them. */
export async function tellSettled(
  companyId: string,
  settled: { id: string; userId: string }[],
): Promise<void> {
  if (settled.length === 0) return;
  const unread = await unreadOfMany(
    companyId,
    settled.map(({ userId }) => userId),
  );
  for (const [userId, left] of unread) {
    const ids = settled.flatMap((alert) => (alert.userId === userId ? [alert.id] : []));
    tellOperator({ companyId, userId }, { type: "alerts_read", ids, unread: left });
  }
}

/** An alert as its push or its letter tells it; undefined once it was read. */
export async function unreadAlert(companyId: string, id: string): Promise<AlertView | undefined> {
  const [row] = await read<Row>(
    companyId,
    `SELECT ${columns} FROM alert a ${beside} WHERE a.company_id = $1 AND a.id = $2 AND a.read_at IS NULL`,
    [companyId, id],
  );
  return row && alertView(row);
}

async function unreadOfMany(companyId: string, userIds: string[]): Promise<Map<string, UnreadAlerts>> {
  const rows = await read<{ userId: string; kind: AlertKind; many: number }>(
    companyId,
    `SELECT asked.id AS "userId", unread.kind, count(*)::int AS many
     FROM (SELECT DISTINCT unnest($2::uuid[]) AS id) AS asked CROSS JOIN LATERAL (
       SELECT kind FROM alert WHERE company_id = $1 AND user_id = asked.id AND read_at IS NULL LIMIT ${mostCounted}
     ) AS unread GROUP BY asked.id, unread.kind`,
    [companyId, userIds],
  );
  const found = new Map(userIds.map((userId) => [userId, nothing()]));
  for (const { userId, kind, many } of rows) {
    const unread = found.get(userId);
    if (unread !== undefined) unread[groupOfAlert[kind]] += many;
  }
  return found;
}

function nothing(): UnreadAlerts {
  return { queue: 0, mine: 0, mentions: 0, sla: 0 };
}

function tellOperator({ companyId, userId }: Reader, event: LiveEvent): void {
  const ring: Ring = { companyId, audience: "operators", event };
  bus().publish(notificationsTopic(userId), JSON.stringify(ring));
}

function alertView(row: Row): AlertView {
  return {
    id: row.id,
    kind: row.kind,
    conversationId: row.conversationId,
    customer: customerName({ id: row.contactId, name: row.contactName }),
    reason: row.kind === "escalation" || row.kind === "offered" ? (row.reason ?? undefined) : undefined,
    count: row.count,
    preview: row.lastAuthor === "customer" ? row.snippet : undefined,
    at: row.changedAt.toISOString(),
    read: row.readAt !== null,
  };
}

function cursorOf({ changedAt, id }: Pick<Row, "changedAt" | "id">): string {
  return `${changedAt.getTime()}.${id}`;
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [, time, id] = /^(\d{13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  if (time === undefined || id === undefined)
    throw new AppError("invalid", "This page marker is not one of ours: open the list anew.");
  return { at: new Date(Number(time)), id };
}
