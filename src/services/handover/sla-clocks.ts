import { markDays } from "#lib/changed-days";
import type { Tx } from "#lib/db";
import type { ConversationRecord } from "#services/conversations";
import { alertWithin } from "./desk-alert.ts";
import type { Measured } from "./sla-measure.ts";
import type { SlaPolicy } from "./sla-policies.ts";

type Looked = { policy: SlaPolicy | undefined; measured: Measured[]; now: Date };
type Running = { kind: string; startedAt: Date; warnedAt: Date | null; breachedAt: Date | null };

/** Keeps a conversation's clocks as they are now; what is warned of or broken since the last look raises an alert once. */
export async function keepClocks(
  tx: Tx,
  conversation: ConversationRecord,
  { policy, measured, now }: Looked,
): Promise<void> {
  const { id: conversationId } = conversation;
  const before: Running[] = await tx.slaClock.findMany({
    where: { conversationId, metAt: null, endedAt: null },
    select: { kind: true, startedAt: true, warnedAt: true, breachedAt: true },
  });
  const held = measured.map(({ kind, startedAt }) => `${kind}:${startedAt.getTime()}`);
  await tx.$executeRaw`UPDATE sla_clock SET ended_at = ${now}, warn_at = NULL, due_at = NULL
    WHERE conversation_id = ${conversationId}::uuid AND met_at IS NULL AND ended_at IS NULL
      AND kind || ':' || round(extract(epoch FROM started_at) * 1000) <> ALL (${held}::text[])`;
  if (policy === undefined || measured.length === 0) return;
  const clocks = measured.map((clock) => ({
    ...clock,
    kept: before.find(
      ({ kind, startedAt }) => kind === clock.kind && startedAt.getTime() === clock.startedAt.getTime(),
    ),
  }));
  const fates = await store(tx, conversation, policy, clocks.map(rowOf(now)));
  for (const clock of clocks) await tell(tx, conversation, clock, now);
  const changed = fates.filter(({ same }) => !same);
  await markDays(
    tx,
    conversation.companyId,
    changed.map(({ startedAt }) => startedAt),
  );
}

/** A clock that was stored, and whether it has the policy and the fate that it had. */
type Fate = { startedAt: Date; same: boolean };
type Clock = Measured & { kept: Running | undefined };

function rowOf(now: Date) {
  return (clock: Clock) => ({
    kind: clock.kind,
    started_at: clock.startedAt,
    minutes: clock.minutes,
    warn_at: clock.warnAt,
    due_at: clock.dueAt,
    warned_at: warnedAt(clock, now) ?? clock.kept?.warnedAt,
    breached_at: clock.brokenAt,
    met_at: clock.metAt,
    ended_at: clock.endedAt,
  });
}

async function store(
  tx: Tx,
  { companyId, id }: ConversationRecord,
  policy: SlaPolicy,
  rows: ReturnType<ReturnType<typeof rowOf>>[],
): Promise<Fate[]> {
  // What stands beside a change in one statement still reads the rows as they were before it.
  return tx.$queryRaw<Fate[]>`
    WITH kept AS (
    INSERT INTO sla_clock (company_id, conversation_id, kind, started_at, policy_id, policy_name, policy_version, minutes,
                           warn_at, due_at, warned_at, breached_at, met_at, ended_at)
    SELECT ${companyId}::uuid, ${id}::uuid, kind, started_at, ${policy.id}::uuid, ${policy.name}, ${policy.version}, minutes,
           warn_at, due_at, warned_at, breached_at, met_at, ended_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS clock (kind text, started_at timestamptz, minutes integer,
      warn_at timestamptz, due_at timestamptz, warned_at timestamptz, breached_at timestamptz, met_at timestamptz, ended_at timestamptz)
    ON CONFLICT (conversation_id, kind, started_at) DO UPDATE SET
      policy_id = excluded.policy_id, policy_name = excluded.policy_name, policy_version = excluded.policy_version,
      minutes = excluded.minutes, warn_at = excluded.warn_at, due_at = excluded.due_at, warned_at = excluded.warned_at,
      breached_at = excluded.breached_at, met_at = excluded.met_at, ended_at = excluded.ended_at
    RETURNING kind, started_at, policy_id, met_at, breached_at)
    SELECT started_at AS "startedAt", EXISTS (
      SELECT FROM sla_clock was WHERE was.conversation_id = ${id}::uuid AND was.kind = kept.kind AND was.started_at = kept.started_at
        AND (was.policy_id, was.met_at, was.breached_at) IS NOT DISTINCT FROM (kept.policy_id, kept.met_at, kept.breached_at)
    ) AS same FROM kept`;
}

async function tell(tx: Tx, conversation: ConversationRecord, clock: Clock, now: Date): Promise<void> {
  const { kind, startedAt, dueAt, brokenAt, kept } = clock;
  if (dueAt === undefined) return;
  const told = { conversation, until: dueAt, clock: `${kind}:${startedAt.getTime()}` };
  if (brokenAt !== undefined) {
    if (!kept?.breachedAt) await alertWithin(tx, "sla_breach", told);
    return;
  }
  if (warnedAt(clock, now) !== undefined && !kept?.warnedAt) await alertWithin(tx, "sla_warning", told);
}

function warnedAt({ warnAt, dueAt }: Measured, now: Date): Date | undefined {
  return dueAt !== undefined && warnAt !== undefined && warnAt <= now ? warnAt : undefined;
}
