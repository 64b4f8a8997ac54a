import type { OperatorRef } from "#contracts/conversation";
import type { SaveTeamBody, TeamBody, TeamView } from "#contracts/desk";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type Staff } from "#services/accounts";
import { append, conversationRecord } from "#services/conversations";
import { moverOf } from "./change.ts";
import { changeDesk, recomputeClocks, routeAgain } from "./desk-write.ts";

const taken = "Another team has this name already.";
const mostTeams = 200;

/** All teams of a company by name, each with its people. */
export async function listTeams(companyId: string): Promise<TeamView[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT t.id, t.name, t.schedule_id AS "scheduleId", t.created_at AS "createdAt",
            coalesce(people.members, '[]') AS members,
            (SELECT count(*)::int FROM conversation c WHERE c.company_id = $1 AND c.team_id = t.id AND c.state = 'WAITING_HUMAN') AS waiting,
            (SELECT coalesce(sum(value), 0)::int FROM counter WHERE company_id = $1 AND name = 'team:' || t.id) AS open
     FROM team t
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'image', u.image) ORDER BY u.name, u.id) AS members
       FROM team_member m JOIN "user" u ON u.id = m.user_id WHERE m.team_id = t.id AND m.company_id = $1
     ) people ON true
     WHERE t.company_id = $1 ORDER BY t.name, t.id LIMIT $2`,
    [companyId, mostTeams],
  );
  return rows.map(view);
}

/** One team. Throws `not_found`. */
export async function getTeam(companyId: string, teamId: string): Promise<TeamView> {
  const found = (await listTeams(companyId)).find(({ id }) => id === teamId);
  if (found === undefined) throw unknownTeam();
  return found;
}

/** Makes a team. Throws `conflict` where its name is taken, `not_found` for people or hours the company does not have. */
export async function createTeam(who: Staff, body: TeamBody): Promise<TeamView> {
  const { companyId } = who;
  const id = newId();
  await changeDesk(companyId, taken, async (tx) => {
    if ((await tx.team.count({ where: { companyId } })) >= mostTeams) {
      throw new AppError("conflict", "A company can have two hundred teams.");
    }
    await checkHours(tx, companyId, body.scheduleId);
    await tx.team.create({
      data: { id, companyId, name: body.name, scheduleId: body.scheduleId ?? null },
    });
    await setMembers(tx, companyId, id, body.members ?? []);
    await audit(tx, who, "team.created", id, { name: body.name });
  });
  return getTeam(companyId, id);
}

/** Changes what is said of a team. What waits for a team that nobody is in any more goes to everyone. */
export async function saveTeam(who: Staff, teamId: string, body: SaveTeamBody): Promise<TeamView> {
  const { companyId } = who;
  await changeDesk(companyId, taken, async (tx) => {
    await checkHours(tx, companyId, body.scheduleId);
    const { count } = await tx.team.updateMany({
      where: { companyId, id: teamId },
      data: {
        ...(body.name !== undefined && { name: body.name }),
        ...(body.scheduleId !== undefined && { scheduleId: body.scheduleId }),
      },
    });
    if (count === 0) throw unknownTeam();
    if (body.members !== undefined) await setMembers(tx, companyId, teamId, body.members);
    await audit(tx, who, "team.changed", teamId, { name: body.name ?? null });
    if (body.members !== undefined) await routeAgain(tx, companyId);
    if (body.scheduleId !== undefined) await recomputeClocks(tx, companyId);
  });
  return getTeam(companyId, teamId);
}

/** Removes a team. Its open conversations stay where they stand and are everyone's from now on. */
export async function removeTeam(who: Staff, teamId: string): Promise<{ conversations: number }> {
  const { companyId } = who;
  const { name } = await getTeam(companyId, teamId);
  const conversations = await freeConversations(who, teamId);
  await withCompany(companyId, async (tx) => {
    // Whatever came to it in this very moment loses its team with it.
    await tx.team.deleteMany({ where: { companyId, id: teamId } });
    await audit(tx, who, "team.removed", teamId, { name });
    await routeAgain(tx, companyId);
    await recomputeClocks(tx, companyId);
  });
  return { conversations };
}

/** Throws `not_found` for a team that the company does not have. */
export async function mustHaveTeam(companyId: string, teamId: string): Promise<{ name: string }> {
  const [team] = await read<{ name: string }>(
    companyId,
    "SELECT name FROM team WHERE company_id = $1 AND id = $2",
    [companyId, teamId],
  );
  if (team === undefined) throw unknownTeam();
  return team;
}

/** Puts people into a team in place of those who were in it. Throws `not_found` for who is no member of the company. */
async function setMembers(tx: Tx, companyId: string, teamId: string, members: string[]): Promise<void> {
  const wanted = [...new Set(members)];
  const known = await tx.member.count({ where: { companyId, userId: { in: wanted } } });
  if (known < wanted.length) throw new AppError("not_found", "One of these people is not in your company.");
  await tx.teamMember.deleteMany({ where: { companyId, teamId, userId: { notIn: wanted } } });
  await tx.teamMember.createMany({
    data: wanted.map((userId) => ({ companyId, teamId, userId })),
    skipDuplicates: true,
  });
}

async function checkHours(tx: Tx, companyId: string, scheduleId: string | null | undefined): Promise<void> {
  if (scheduleId === undefined || scheduleId === null) return;
  const known = await tx.officeHours.count({ where: { companyId, id: scheduleId } });
  if (known === 0) throw new AppError("not_found", "These hours do not exist.");
}

const page = 200;

async function freeConversations(who: Staff, teamId: string): Promise<number> {
  const rows = await read<{ found: Record<string, unknown> }>(
    who.companyId,
    `SELECT to_jsonb(c) || conversation_names(c) AS found FROM conversation c
     WHERE company_id = $1 AND team_id = $2 AND state IN ('WAITING_HUMAN', 'WITH_HUMAN') LIMIT $3`,
    [who.companyId, teamId, page],
  );
  await Promise.all(
    rows.map(({ found }) =>
      append(conversationRecord(found), { now: new Date(), attributes: { teamId: null }, by: moverOf(who) }),
    ),
  );
  return rows.length < page ? rows.length : rows.length + (await freeConversations(who, teamId));
}

type Row = {
  id: string;
  name: string;
  scheduleId: string | null;
  createdAt: Date;
  members: (Omit<OperatorRef, "image"> & { image: string | null })[];
  waiting: number;
  open: number;
};

function view(row: Row): TeamView {
  return {
    id: row.id,
    name: row.name,
    members: row.members.map(({ id, name, image }) => ({ id, name, image: image ?? undefined })),
    scheduleId: row.scheduleId ?? undefined,
    waiting: row.waiting,
    open: Math.max(0, row.open),
    warning:
      row.members.length === 0 ? "Nobody is in this team: what waits for it goes to everyone." : undefined,
    createdAt: row.createdAt.toISOString(),
  };
}

function unknownTeam(): AppError {
  return new AppError("not_found", "This team does not exist.");
}
