import type { OperatorDesk, OperatorDeskBody, Skill } from "#contracts/desk";
import { read, type Tx } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, type Staff } from "#services/accounts";
import { changeDesk, routeAgain } from "./desk-write.ts";

/** Whoever sent no sign of life for so long is offline, in milliseconds. */
export const goneAfter = 45_000;

/** Everybody who can answer, with what routing knows of them, by name. */
export async function listDeskOperators(companyId: string, now = new Date()): Promise<OperatorDesk[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT u.id, u.name, u.email, u.image, m.role, coalesce(o.capacity, 5) AS capacity, coalesce(o.languages, '{}') AS languages,
            p.status, p.seen_at AS "seenAt",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.skill, 'level', s.level) ORDER BY s.skill), '[]')
             FROM operator_skill s WHERE s.company_id = $1 AND s.user_id = m.user_id) AS skills,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.name), '[]')
             FROM team_member tm JOIN team t ON t.company_id = $1 AND t.id = tm.team_id
             WHERE tm.company_id = $1 AND tm.user_id = m.user_id) AS teams,
            (SELECT count(*)::int FROM conversation c
             WHERE c.company_id = $1 AND c.operator_id = m.user_id AND c.snoozed_until IS NULL) AS load
     FROM member m JOIN "user" u ON u.id = m.user_id
     LEFT JOIN operator_profile o ON o.company_id = $1 AND o.user_id = m.user_id
     LEFT JOIN presence p ON p.company_id = $1 AND p.user_id = m.user_id
     WHERE m.company_id = $1 ORDER BY u.name, u.id LIMIT 1000`,
    [companyId],
    { name: "desk_operators" },
  );
  return rows.map((row) => view(row, now));
}

/** One operator with what routing knows of them. Throws `not_found`. */
export async function getDeskOperator(companyId: string, userId: string): Promise<OperatorDesk> {
  const found = (await listDeskOperators(companyId)).find(({ id }) => id === userId);
  if (found === undefined) throw unknownOperator();
  return found;
}

/** Says what an operator can take. Throws `not_found` for who is no member, or for a team that does not exist. */
export async function saveDeskOperator(
  who: Staff,
  userId: string,
  { capacity, languages, skills, teamIds }: OperatorDeskBody,
): Promise<OperatorDesk> {
  const { companyId } = who;
  await changeDesk(companyId, "Somebody else saved this at the same moment: try again.", async (tx) => {
    const place = { companyId, userId };
    if ((await tx.member.count({ where: place })) === 0) throw unknownOperator();
    await tx.operatorProfile.upsert({
      where: { companyId_userId: place },
      create: { ...place, capacity, languages },
      update: { capacity, languages },
    });
    await tx.operatorSkill.deleteMany({ where: place });
    await tx.operatorSkill.createMany({
      data: skills.map(({ name, level }) => ({ ...place, skill: name, level })),
    });
    if (teamIds !== undefined) await setTeams(tx, place, teamIds);
    await audit(tx, who, "operator.desk_changed", userId, { capacity });
    await routeAgain(tx, companyId);
  });
  return getDeskOperator(companyId, userId);
}

async function setTeams(
  tx: Tx,
  { companyId, userId }: { companyId: string; userId: string },
  teamIds: string[],
): Promise<void> {
  const wanted = [...new Set(teamIds)];
  const known = await tx.team.count({ where: { companyId, id: { in: wanted } } });
  if (known < wanted.length) throw new AppError("not_found", "One of these teams does not exist.");
  await tx.teamMember.deleteMany({ where: { companyId, userId, teamId: { notIn: wanted } } });
  await tx.teamMember.createMany({
    data: wanted.map((teamId) => ({ companyId, teamId, userId })),
    skipDuplicates: true,
  });
}

type Row = {
  id: string;
  name: string;
  email: string;
  image: string | null;
  role: OperatorDesk["role"];
  capacity: number;
  languages: string[];
  status: "online" | "away" | null;
  seenAt: Date | null;
  skills: Skill[];
  teams: { id: string; name: string }[];
  load: number;
};

function view({ image, status, seenAt, ...row }: Row, now: Date): OperatorDesk {
  const here = seenAt !== null && now.getTime() - seenAt.getTime() < goneAfter;
  return {
    ...row,
    image: image ?? undefined,
    status: here && status !== null ? status : "offline",
    seenAt: seenAt?.toISOString(),
  };
}

function unknownOperator(): AppError {
  return new AppError("not_found", "This operator is not part of your company.");
}
