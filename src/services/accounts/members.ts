import type { Role } from "#contracts/accounts";
import type { MemberView } from "#contracts/admin";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { audit } from "./audit.ts";
import { can, must } from "./permissions.ts";
import { forgetRecognised } from "./recognise.ts";
import type { Staff, Who } from "./who.ts";

/** An operator as other rooms show them. */
export type OperatorCard = { id: string; name: string; image?: string; email: string; role: Role };

/** Everybody who can answer customers of a company. */
export async function listOperators(companyId: string): Promise<OperatorCard[]> {
  const rows = await memberRows(companyId);
  return rows.map(({ userId, name, image, email, role }) => ({
    id: userId,
    name,
    email,
    role,
    ...(image === null ? {} : { image }),
  }));
}

/** The members of the company, owners first. */
export async function listMembers(who: Who): Promise<MemberView[]> {
  must(who, "members:read");
  const rows = await memberRows(who.companyId);
  return rows.map(({ image, joinedAt, ...row }) => ({
    ...row,
    joinedAt: joinedAt.toISOString(),
    ...(image === null ? {} : { image }),
  }));
}

/** Gives a member another role. Throws `conflict` rather than leave the company without an owner. */
export async function changeRole(who: Staff, userId: string, role: Role): Promise<MemberView> {
  must(who, "members:write");
  await withCompany(who.companyId, async (tx) => {
    const member = await lockMember(tx, who, userId);
    if (member.role === role) return;
    ownersOnly(who, [member.role, role]);
    if (member.role === "owner") await keepAnOwner(tx, who.companyId, userId);
    await tx.member.update({ where: { id: member.id }, data: { role } });
    await audit(tx, who, "member.role_changed", userId, { from: member.role, to: role });
  });
  forgetRecognised();
  const changed = (await listMembers(who)).find((member) => member.userId === userId);
  if (changed === undefined) throw unknownMember();
  return changed;
}

/** Removes a member and ends their sign-ins here. Throws `conflict` rather than leave the company without an owner. */
export async function removeMember(who: Staff, userId: string): Promise<void> {
  must(who, "members:write");
  await withCompany(who.companyId, async (tx) => {
    const member = await lockMember(tx, who, userId);
    ownersOnly(who, [member.role]);
    if (member.role === "owner") await keepAnOwner(tx, who.companyId, userId);
    await tx.member.delete({ where: { id: member.id } });
    await tx.session.deleteMany({ where: { userId, activeOrganizationId: who.companyId } });
    await audit(tx, who, "member.removed", userId, { role: member.role });
    // In the same commit, so that no conversation stays with somebody who is gone.
    await addJobWithin(tx, "operator.release", { companyId: who.companyId, userId });
  });
  forgetRecognised();
}

type MemberRow = {
  userId: string;
  name: string;
  email: string;
  image: string | null;
  role: Role;
  joinedAt: Date;
};

function memberRows(companyId: string): Promise<MemberRow[]> {
  return read<MemberRow>(
    companyId,
    `SELECT u.id AS "userId", u.name, u.email, u.image, m.role, m.created_at AS "joinedAt"
     FROM member m JOIN "user" u ON u.id = m.user_id
     WHERE m.company_id = $1
     ORDER BY array_position(ARRAY['owner', 'admin', 'operator'], m.role), m.created_at, m.id`,
    [companyId],
  );
}

async function lockMember(tx: Tx, who: Staff, userId: string): Promise<{ id: string; role: Role }> {
  // All members are locked, so that two owners who unmake each other at once cannot both succeed.
  const rows = await tx.$queryRaw<{ id: string; userId: string; role: Role }[]>`
    SELECT id, user_id AS "userId", role FROM member WHERE company_id = ${who.companyId}::uuid ORDER BY id FOR UPDATE`;
  const member = rows.find((row) => row.userId === userId);
  if (member === undefined) throw unknownMember();
  return member;
}

function ownersOnly(who: Staff, roles: Role[]): void {
  if (roles.includes("owner") && !can(who, "owners:write"))
    throw new AppError("forbidden", "Only an owner can make, unmake or remove an owner.");
}

async function keepAnOwner(tx: Tx, companyId: string, leaving: string): Promise<void> {
  const others = await tx.member.count({ where: { companyId, role: "owner", userId: { not: leaving } } });
  if (others === 0)
    throw new AppError("conflict", "This is the last owner. Make somebody else an owner first.");
}

function unknownMember(): AppError {
  return new AppError("not_found", "There is no such member.");
}
