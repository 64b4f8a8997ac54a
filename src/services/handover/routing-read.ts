import { neededSkill } from "#contracts/desk";
import { read } from "#lib/db";
import { listDeskOperators } from "./desk-operators.ts";
import type { Desk, Waiting } from "./routing-decide.ts";

/** Where a waiting conversation stands in the acceptance chain. */
export type Standing = { step: number; operatorId: string | undefined; tried: string[]; until: number };

/** A waiting conversation with what routing must know to act on it. */
export type Queued = Waiting & { epoch: number; beganAt: number; standing: Standing | undefined };

/** So many of those who wait are looked at, from the front. */
export const mostRouted = 500;

/** The front of a company's queue in order, without what is snoozed; where each stands in the chain of this version. */
export async function readWaiting(companyId: string, routingVersion: number): Promise<Queued[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT c.id, c.epoch, c.waiting_since AS since, c.state_since AS "beganAt", c.team_id AS "teamId", c.skills, c.language,
            last.operator_id AS "lastOperatorId", a.step, a.operator_id AS "offeredTo", a.tried, a.until
     FROM conversation c
     LEFT JOIN acceptance a ON a.company_id = $1 AND a.conversation_id = c.id AND a.epoch = c.epoch AND a.routing_version = $3
     LEFT JOIN LATERAL (
       SELECT w.operator_id FROM (
         SELECT id FROM conversation WHERE company_id = $1 AND contact_id = c.contact_id ORDER BY created_at DESC LIMIT 10
       ) theirs JOIN queue_wait w ON w.conversation_id = theirs.id
       WHERE w.company_id = $1 AND w.operator_id IS NOT NULL ORDER BY w.ended_at DESC LIMIT 1
     ) last ON true
     WHERE c.company_id = $1 AND c.state = 'WAITING_HUMAN' AND c.snoozed_until IS NULL
     ORDER BY c.waiting_since, c.id LIMIT $2`,
    [companyId, mostRouted, routingVersion],
  );
  return rows.map((row) => ({
    id: row.id,
    epoch: row.epoch,
    since: row.since.getTime(),
    beganAt: row.beganAt.getTime(),
    teamId: row.teamId ?? undefined,
    skills: row.skills.map(neededSkill),
    language: row.language ?? undefined,
    lastOperatorId: row.lastOperatorId ?? undefined,
    standing: standingOf(row),
  }));
}

/** Everybody of a company as routing sees them; an offer that stands counts as work. */
export async function readStaff(companyId: string, now: Date): Promise<Desk[]> {
  const [operators, given, offers] = await Promise.all([
    listDeskOperators(companyId, now),
    read<{ id: string; at: Date }>(
      companyId,
      `SELECT operator_id AS id, max(ended_at) AS at FROM queue_wait
       WHERE company_id = $1 AND operator_id IS NOT NULL AND ended_at > $2::timestamptz - interval '1 day' GROUP BY operator_id`,
      [companyId, now],
    ),
    read<{ id: string; offers: number }>(
      companyId,
      `SELECT operator_id AS id, count(*)::int AS offers FROM acceptance
       WHERE company_id = $1 AND operator_id IS NOT NULL AND until > $2 GROUP BY operator_id`,
      [companyId, now],
    ),
  ]);
  const lastGiven = new Map(given.map(({ id, at }) => [id, at.getTime()]));
  const offered = new Map(offers.map(({ id, offers: standing }) => [id, standing]));
  return operators.map(({ id, status, capacity, load, languages, skills, teams }) => ({
    id,
    here: status === "online",
    capacity,
    load: load + (offered.get(id) ?? 0),
    languages,
    skills: new Map(skills.map(({ name, level }) => [name, level])),
    teams: new Set(teams.map((team) => team.id)),
    lastGivenAt: lastGiven.get(id) ?? 0,
  }));
}

type Row = {
  id: string;
  epoch: number;
  since: Date;
  beganAt: Date;
  teamId: string | null;
  skills: string[];
  language: string | null;
  lastOperatorId: string | null;
  step: number | null;
  offeredTo: string | null;
  tried: string[] | null;
  until: Date | null;
};

function standingOf({ step, offeredTo, tried, until }: Row): Standing | undefined {
  if (step === null || until === null) return undefined;
  return { step, operatorId: offeredTo ?? undefined, tried: tried ?? [], until: until.getTime() };
}
