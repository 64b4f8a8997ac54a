import type { State } from "#contracts/conversation";
import type { SlaPolicyBody } from "#contracts/desk";
import type { Schedule } from "#contracts/office-hours";
import type { Tx } from "#lib/db";
import { newId } from "#lib/ids";
import { recomputeClocks } from "./desk-write.ts";
import { type EntryRow, entryOf } from "./sla-check.ts";
import { readOn, SlaFacts } from "./sla-facts.ts";
import { measure, policyFor } from "./sla-measure.ts";
import type { SlaPolicy } from "./sla-policies.ts";

type ToldTeam = { id: string; name: string; members: string[] };
type ToldPromises = {
  name: string;
  schedule: Schedule;
  policies: Omit<SlaPolicyBody, "hours">[];
  since: Date;
};

/** Makes teams, within a transaction that does more. */
export async function tellTeams(tx: Tx, companyId: string, teams: ToldTeam[]): Promise<void> {
  await tx.team.createMany({ data: teams.map(({ id, name }) => ({ id, companyId, name })) });
  const members = teams.flatMap(({ id, members: people }) =>
    people.map((userId) => ({ companyId, teamId: id, userId })),
  );
  await tx.teamMember.createMany({ data: members });
}

/**
 * Sets the promises that a company has made since a moment, in hours that bind nothing but them, within a transaction that
 * does more, and writes down the clocks of all its conversations up to now: kept and broken as their logs tell. Nobody is
 * told of what was broken then.
 */
export async function tellPromises(
  tx: Tx,
  companyId: string,
  { name, schedule, policies, since }: ToldPromises,
  now: Date,
): Promise<void> {
  const moments = { createdAt: since, updatedAt: since };
  const scheduleId = newId();
  await tx.officeHours.create({ data: { id: scheduleId, companyId, name, schedule, ...moments } });
  const hours = { kind: "schedule" as const, scheduleId };
  const made = policies.map((body) => ({ ...body, hours, id: newId(), version: 1, createdAt: since }));
  await tx.slaPolicy.createMany({ data: made.map((policy) => ({ ...policy, companyId, updatedAt: since })) });
  await tellClocks(tx, companyId, { policies: made, schedule }, now);
  // What is open goes on under the same promises.
  await recomputeClocks(tx, companyId);
}

/** Writes down how long everybody waited in the queue, and how many stood before them, as their logs tell. */
export async function tellWaits(tx: Tx, companyId: string): Promise<void> {
  const moved = await tx.$queryRaw<Moved[]>`
    SELECT e.conversation_id AS "conversationId", e.payload#>>'{state,state}' AS state, e.payload#>>'{state,operator,id}' AS operator,
           (row_number() OVER (PARTITION BY e.conversation_id ORDER BY e.seq))::integer AS epoch, e.created_at AS at
    FROM event e WHERE e.company_id = ${companyId}::uuid AND e.type = 'state' ORDER BY e.conversation_id, e.seq`;
  const waits = moved.flatMap(({ conversationId, state, epoch, at }, n) => {
    if (state !== "WAITING_HUMAN") return [];
    const next = moved[n + 1];
    const end = next?.conversationId === conversationId ? next : undefined;
    const ended = { endedAt: end?.at, operatorId: end?.operator };
    return [{ companyId, conversationId, epoch, since: at, beganAt: at, ...ended }];
  });
  const before = (at: Date) => (other: { since: Date; endedAt: Date | undefined }) =>
    other.since < at && (other.endedAt === undefined || other.endedAt > at);
  await tx.queueWait.createMany({
    data: waits.map((wait) => ({ ...wait, ahead: waits.filter(before(wait.since)).length, staff: 1 })),
  });
}

type Moved = { conversationId: string; state: State; operator: string | null; epoch: number; at: Date };
type Promised = { policies: SlaPolicy[]; schedule: Schedule };

async function tellClocks(
  tx: Tx,
  companyId: string,
  { policies, schedule }: Promised,
  now: Date,
): Promise<void> {
  const read = await readLogs(tx, companyId);
  const clocks = read.flatMap(({ place, facts }) => {
    const policy = policyFor(policies, place);
    if (policy === undefined) return [];
    const promised = { targets: policy.targets, schedule };
    return facts.clocks.flatMap((clock) => {
      const measured = measure(clock, promised, now);
      if (measured === undefined) return [];
      const { brokenAt: breachedAt, ...kept } = measured;
      const under = { policyId: policy.id, policyName: policy.name, policyVersion: policy.version };
      return [{ ...kept, ...under, breachedAt, companyId, conversationId: place.id }];
    });
  });
  await tx.slaClock.createMany({ data: clocks });
  await tx.slaReading.createMany({
    data: read.map(({ place, facts, seq }) => ({ conversationId: place.id, companyId, seq, facts })),
  });
}

type Place = { id: string; channel: string; teamId: string | undefined; topic: string; tags: string[] };
type Read = { place: Place; facts: SlaFacts; seq: number };

/** The closed conversations that were in the hands of people; those that are open are read by whoever looks at their clocks. */
async function readLogs(tx: Tx, companyId: string): Promise<Read[]> {
  const places = await tx.conversation.findMany({
    where: { companyId, closedAt: { not: null } },
    select: { id: true, channel: true, teamId: true, topic: true, tags: true },
  });
  const rows = await tx.$queryRaw<(EntryRow & { conversationId: string })[]>`
    SELECT e.conversation_id AS "conversationId", e.seq, e.type, e.payload#>>'{state,state}' AS state,
           e.payload#>'{attributes,snoozedUntil}' IS NOT NULL AS snoozed, m.author_kind AS author, e.audience, e.created_at AS at
    FROM event e LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
    WHERE e.company_id = ${companyId}::uuid AND e.conversation_id = ANY(${places.map(({ id }) => id)}::uuid[])
    ORDER BY e.conversation_id, e.seq`;
  const logs = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return places.flatMap(({ teamId, ...place }) => {
    const entries = logs.get(place.id) ?? [];
    const facts = readOn(SlaFacts.parse({}), entries.flatMap(entryOf));
    if (facts.clocks.length === 0) return [];
    return [{ place: { ...place, teamId: teamId ?? undefined }, facts, seq: entries.at(-1)?.seq ?? 0 }];
  });
}
