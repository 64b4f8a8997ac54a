import { type AlertKind, type AlertSettings, alertDefaults } from "#contracts/notifications";
import type { Tx } from "#lib/db";
import { mailIsOn } from "#lib/mail";
import type { Telling } from "./alert-concerns.ts";
import { settingsFrom } from "./alert-settings.ts";

const second = 1_000;

/** Words come in bursts: whoever reads them at once need not be told, and whoever does not is told once. */
const pushAfter: Record<AlertKind, number> = {
  escalation: 0,
  offered: 0,
  assigned: 0,
  message: 10 * second,
  mention: 0,
  sla_warning: 0,
  sla_breach: 0,
  undelivered: 0,
};

/** A letter gathers what happens until it leaves. */
const mailAfter: Record<AlertKind, number> = {
  escalation: 30 * second,
  offered: 0,
  assigned: 60 * second,
  message: 120 * second,
  mention: 60 * second,
  sla_warning: 0,
  sla_breach: 0,
  undelivered: 30 * second,
};

/** What lay longer than this, while nothing ran, still stands in the list, but rings nowhere. */
const stale = 30 * 60 * second;

export type Raised = { id: string; userId: string; kind: AlertKind; conversationId: string; count: number };

type Options = {
  now: Date;
  /** Told for a reason outside of the log: the number of an entry says nothing about whether it was told before. */
  apart?: true;
  /** A rule of the company says how, whatever the operator has chosen. */
  via?: "push" | "email" | undefined;
};

/**
 * Tells operators, within a transaction: alerts that stand unread count once more, others begin. Whoever is told of an
 * entry of the log is not told of it again, nor of an older one. Puts in line what leaves by push and by letter.
 */
export async function raise(
  tx: Tx,
  companyId: string,
  tellings: (Telling & { count: number })[],
  { now, apart, via }: Options,
): Promise<Raised[]> {
  if (tellings.length === 0) return [];
  const raised = await tx.$queryRaw<Raised[]>`
    INSERT INTO alert (id, company_id, user_id, kind, conversation_id, seq, count, created_at, changed_at)
    SELECT gen_random_uuid(), ${companyId}::uuid, told.user_id, told.kind, told.conversation_id, told.seq, told.count, ${now}, ${now}
    FROM unnest(${tellings.map(({ userId }) => userId)}::uuid[], ${tellings.map(({ kind }) => kind)}::text[],
                ${tellings.map(({ conversationId }) => conversationId)}::uuid[], ${tellings.map(({ seq }) => seq)}::int[],
                ${tellings.map(({ count }) => count)}::int[]) AS told (user_id, kind, conversation_id, seq, count)
    JOIN member m ON m.company_id = ${companyId}::uuid AND m.user_id = told.user_id
    -- Asked in the order of its own index: before a table's first ANALYZE, another one looked as good and read all alerts.
    WHERE ${apart === true} OR told.seq > coalesce((
      SELECT a.seq FROM alert a WHERE a.company_id = ${companyId}::uuid AND a.conversation_id = told.conversation_id
        AND a.user_id = told.user_id AND a.kind = told.kind ORDER BY a.seq DESC LIMIT 1), 0)
    ON CONFLICT (company_id, user_id, conversation_id, kind) WHERE read_at IS NULL
    DO UPDATE SET seq = greatest(alert.seq, excluded.seq), count = alert.count + excluded.count, changed_at = excluded.changed_at
    RETURNING id, user_id AS "userId", kind, conversation_id AS "conversationId", count`;
  const oldest = now.getTime() - stale;
  const recent = new Set(tellings.filter(({ at }) => at.getTime() > oldest).map(placeOf));
  const fresh = raised.filter((alert) => recent.has(placeOf(alert)));
  await putInLine(tx, companyId, fresh, { now, via });
  return raised;
}

function placeOf({
  userId,
  kind,
  conversationId,
}: Pick<Telling, "userId" | "kind" | "conversationId">): string {
  return `${userId} ${kind} ${conversationId}`;
}

async function putInLine(
  tx: Tx,
  companyId: string,
  raised: Raised[],
  { now, via }: Pick<Options, "now" | "via">,
): Promise<void> {
  if (raised.length === 0) return;
  const settings = await settingsWithin(tx, companyId, [...new Set(raised.map(({ userId }) => userId))]);
  const wants = ({ userId, kind }: Raised, channel: "push" | "email") =>
    via === undefined ? (settings.get(userId) ?? alertDefaults).matrix[kind][channel] : via === channel;
  const due = (channel: "push" | "email", after: Record<AlertKind, number>) =>
    raised
      .filter((alert) => wants(alert, channel))
      .map((alert) => ({ ...alert, dueAt: new Date(now.getTime() + after[alert.kind]).toISOString() }));
  await putPushes(tx, companyId, due("push", pushAfter), { forced: via === "push" });
  if (mailIsOn()) await putLetters(tx, companyId, due("email", mailAfter), { forced: via === "email" });
}

type Due = Raised & { dueAt: string };

async function putPushes(
  tx: Tx,
  companyId: string,
  due: Due[],
  { forced }: { forced: boolean },
): Promise<void> {
  if (due.length === 0) return;
  await tx.$executeRaw`
    WITH put AS (
      INSERT INTO alert_send (id, company_id, alert_id, user_id, subscription_id, count, forced, due_at)
      SELECT gen_random_uuid(), ${companyId}::uuid, told.id, p.user_id, p.id, told.count, ${forced}, told.due_at
      FROM unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ userId }) => userId)}::uuid[],
                  ${due.map(({ count }) => count)}::int[], ${due.map(({ dueAt }) => dueAt)}::timestamptz[])
           AS told (id, user_id, count, due_at)
      JOIN push_subscription p ON p.company_id = ${companyId}::uuid AND p.user_id = told.user_id
      ON CONFLICT DO NOTHING RETURNING id, due_at
    )
    SELECT graphile_worker.add_job('alert.push', json_build_object('companyId', ${companyId}::text, 'sendId', id),
                                   run_at => due_at, max_attempts => 8) FROM put`;
}

async function putLetters(
  tx: Tx,
  companyId: string,
  due: Due[],
  { forced }: { forced: boolean },
): Promise<void> {
  if (due.length === 0) return;
  await tx.$executeRaw`
    WITH put AS (
      INSERT INTO alert_send (id, company_id, alert_id, user_id, count, forced, due_at)
      SELECT gen_random_uuid(), ${companyId}::uuid, told.id, told.user_id, told.count, ${forced}, told.due_at
      FROM unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ userId }) => userId)}::uuid[],
                  ${due.map(({ count }) => count)}::int[], ${due.map(({ dueAt }) => dueAt)}::timestamptz[])
           AS told (id, user_id, count, due_at)
      ON CONFLICT DO NOTHING RETURNING user_id, due_at
    )
    SELECT graphile_worker.add_job('alert.mail', json_build_object('companyId', ${companyId}::text, 'userId', user_id),
                                   run_at => min(due_at), max_attempts => 12, queue_name => 'letters:' || user_id)
    FROM put GROUP BY user_id`;
}

async function settingsWithin(
  tx: Tx,
  companyId: string,
  userIds: string[],
): Promise<Map<string, AlertSettings>> {
  const rows = await tx.alertSetting.findMany({ where: { companyId, userId: { in: userIds } } });
  return new Map(rows.map(({ userId, settings }) => [userId, settingsFrom(settings)]));
}
