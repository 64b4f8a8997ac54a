import {
  PolicyHours,
  PolicyMatch,
  PolicyTargets,
  type SlaPolicyBody,
  type SlaPolicyView,
} from "#contracts/desk";
import { isEverOpen } from "#contracts/open-time";
import { markDays } from "#lib/changed-days";
import { read, type Tx } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type Staff } from "#services/accounts";
import { changeDesk, overtaken, recomputeClocks } from "./desk-write.ts";
import { type Hours, readHours } from "./hours.ts";

const taken = "Another policy has this name already.";
const mostPolicies = 100;

export type SlaPolicy = Omit<SlaPolicyBody, "version"> & { id: string; version: number; createdAt: Date };

/** The policies that hold in a company, in the order in which they are asked. */
export async function enabledPolicies(companyId: string): Promise<SlaPolicy[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT ${columns} FROM sla_policy p WHERE company_id = $1 AND enabled ORDER BY position, created_at, id LIMIT 100`,
    [companyId],
  );
  return rows.map(policyOf);
}

/** All policies of a company in their order, with how they were kept. */
export async function listPolicies(companyId: string, now = new Date()): Promise<SlaPolicyView[]> {
  const [hours, rows] = await Promise.all([
    readHours(companyId),
    read<Row & Tally>(
      companyId,
      `SELECT ${columns}, p.updated_at AS "updatedAt", coalesce(kept.running, 0) AS running, coalesce(kept.met, 0) AS met,
              coalesce(kept.breached, 0) AS breached
       FROM sla_policy p LEFT JOIN LATERAL (
         SELECT count(*) FILTER (WHERE met_at IS NULL AND ended_at IS NULL)::int AS running,
                count(*) FILTER (WHERE met_at IS NOT NULL AND breached_at IS NULL)::int AS met,
                count(*) FILTER (WHERE breached_at IS NOT NULL)::int AS breached
         FROM sla_clock c WHERE c.company_id = $1 AND c.policy_id = p.id AND c.started_at > $2::timestamptz - interval '30 days'
       ) kept ON true
       WHERE p.company_id = $1 ORDER BY p.position, p.created_at, p.id LIMIT 100`,
      [companyId, now],
    ),
  ]);
  return rows.map((row) => {
    const { createdAt: _, ...policy } = policyOf(row);
    const { running, met, breached, updatedAt } = row;
    const warning = warningOf(policy, hours, now);
    return { ...policy, running, met, breached, warning, updatedAt: updatedAt.toISOString() };
  });
}

/** One policy. Throws `not_found`. */
export async function getPolicy(companyId: string, id: string): Promise<SlaPolicyView> {
  const found = (await listPolicies(companyId)).find((policy) => policy.id === id);
  if (found === undefined) throw unknownPolicy();
  return found;
}

/** Makes a policy; what is open comes under it at once. Throws `conflict` where its name is taken. */
export async function createPolicy(who: Staff, body: SlaPolicyBody): Promise<SlaPolicyView> {
  const { companyId } = who;
  const id = newId();
  await changeDesk(companyId, taken, async (tx) => {
    if ((await tx.slaPolicy.count({ where: { companyId } })) >= mostPolicies) {
      throw new AppError("conflict", "A company can have a hundred policies.");
    }
    await checkNamed(tx, companyId, body);
    await tx.slaPolicy.create({ data: { id, companyId, ...stored(body) } });
    await audit(tx, who, "sla_policy.created", id, { name: body.name });
    await recomputeClocks(tx, companyId);
  });
  return getPolicy(companyId, id);
}

/** Changes a policy; clocks that run under it are set anew. Throws `conflict` for an older version or a taken name. */
export async function savePolicy(who: Staff, id: string, body: SlaPolicyBody): Promise<SlaPolicyView> {
  const { companyId } = who;
  await changeDesk(companyId, taken, async (tx) => {
    const before = await lock(tx, companyId, id);
    if (body.version !== undefined && body.version !== before.version) throw overtaken();
    await checkNamed(tx, companyId, body);
    const data = { ...stored(body), version: before.version + 1, updatedAt: new Date() };
    await tx.slaPolicy.update({ where: { id }, data });
    await audit(tx, who, "sla_policy.changed", id, { name: body.name, version: before.version + 1 });
    await recomputeClocks(tx, companyId);
  });
  return getPolicy(companyId, id);
}

/** Removes a policy; clocks that run under it go on under the next that matches, or end. */
export async function removePolicy(who: Staff, id: string): Promise<{ clocks: number }> {
  const { companyId } = who;
  return changeDesk(companyId, taken, async (tx) => {
    const { name } = await lock(tx, companyId, id);
    const clocks = await tx.slaClock.count({
      where: { companyId, policyId: id, metAt: null, endedAt: null },
    });
    const days = await daysUnder(tx, companyId, id);
    await tx.slaPolicy.delete({ where: { id } });
    await audit(tx, who, "sla_policy.removed", id, { name });
    await recomputeClocks(tx, companyId);
    await markDays(tx, companyId, days);
    return { clocks };
  });
}

/** The days on which promises were made under a policy: reports tell them by its name alone when it is gone. */
async function daysUnder(tx: Tx, companyId: string, policyId: string): Promise<Date[]> {
  const rows = await tx.$queryRaw<{ day: Date }[]>`
    SELECT DISTINCT date_trunc('day', started_at, 'UTC') AS day FROM sla_clock
    WHERE company_id = ${companyId}::uuid AND policy_id = ${policyId}::uuid`;
  return rows.map(({ day }) => day);
}

const columns =
  'p.id, p.name, p.enabled, p.position, p.match, p.targets, p.hours, p.version, p.created_at AS "createdAt"';

type Row = {
  id: string;
  name: string;
  enabled: boolean;
  position: number;
  match: unknown;
  targets: unknown;
  hours: unknown;
  version: number;
  createdAt: Date;
};
type Tally = { updatedAt: Date; running: number; met: number; breached: number };

function policyOf(row: Row): SlaPolicy {
  const { id, name, enabled, position, version, createdAt } = row;
  return {
    id,
    name,
    enabled,
    position,
    match: PolicyMatch.parse(row.match),
    targets: PolicyTargets.parse(row.targets),
    hours: PolicyHours.parse(row.hours),
    version,
    createdAt,
  };
}

function stored({ name, enabled, position, match, targets, hours }: SlaPolicyBody) {
  const scheduleId = hours.kind === "schedule" ? hours.scheduleId : null;
  return { name, enabled, position, match, targets, hours, scheduleId };
}

/** Throws `not_found` for hours or teams that the company does not have. */
async function checkNamed(tx: Tx, companyId: string, { match, hours }: SlaPolicyBody): Promise<void> {
  const teams = [...new Set(match.teams ?? [])];
  if ((await tx.team.count({ where: { companyId, id: { in: teams } } })) < teams.length) {
    throw new AppError("not_found", "One of these teams does not exist.");
  }
  if (hours.kind !== "schedule") return;
  if ((await tx.officeHours.count({ where: { companyId, id: hours.scheduleId } })) === 0) {
    throw new AppError("not_found", "These hours do not exist.");
  }
}

function warningOf({ hours }: Pick<SlaPolicy, "hours">, all: Hours, now: Date): string | undefined {
  if (hours.kind === "always") return undefined;
  const schedule = hours.kind === "schedule" ? all.named.get(hours.scheduleId) : all.company;
  if (schedule === undefined) {
    return hours.kind === "office" ? "No office hours are set: these clocks run day and night." : undefined;
  }
  return isEverOpen(schedule, now) ? undefined : "These hours are never open: its clocks run day and night.";
}

async function lock(tx: Tx, companyId: string, id: string): Promise<{ name: string; version: number }> {
  const [found] = await tx.$queryRaw<{ name: string; version: number }[]>`
    SELECT name, version FROM sla_policy WHERE company_id = ${companyId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (found === undefined) throw unknownPolicy();
  return found;
}

function unknownPolicy(): AppError {
  return new AppError("not_found", "This policy does not exist.");
}
