import { randomUUID } from "node:crypto";
import type { AcceptInvitationBody, Role } from "#contracts/accounts";
import type { InvitationView } from "#contracts/admin";
import { systemClock } from "#lib/clock";
import { withCompany } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { mailIsOn } from "#lib/mail";
import { audit } from "./audit.ts";
import { identityPrisma, identityQuery } from "./identity-database.ts";
import { addMember, addPerson } from "./people.ts";
import { can, must } from "./permissions.ts";
import { forgetRecognised } from "./recognise.ts";
import { signInAs } from "./sign-in-link.ts";
import type { OperatorWho, Who } from "./who.ts";

const lifeMs = 7 * 86_400_000;

/** Invites somebody by a link to pass on, and by a letter where letters can be sent. Throws `conflict` if they are a member already. */
export async function invite(who: OperatorWho, email: string, role: Role): Promise<InvitationView> {
  must(who, "members:write");
  if (role === "owner" && !can(who, "owners:write"))
    throw new AppError("forbidden", "Only an owner can invite an owner.");
  const now = systemClock.now();
  const id = await withCompany(who.companyId, async (tx) => {
    const person = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (person && (await tx.member.count({ where: { companyId: who.companyId, userId: person.id } })) > 0)
      throw new AppError("conflict", "This person is a member already.");
    // A newer invitation to the same address takes the place of the older one.
    await tx.invitation.updateMany({
      where: { companyId: who.companyId, email, status: "pending" },
      data: { status: "canceled" },
    });
    const made = await tx.invitation.create({
      data: {
        // Random through and through: whoever holds the link may join.
        id: randomUUID(),
        companyId: who.companyId,
        email,
        role,
        status: "pending",
        inviterId: who.userId,
        expiresAt: new Date(now.getTime() + lifeMs),
        createdAt: now,
      },
    });
    await audit(tx, who, "invitation.created", made.id, { role });
    if (mailIsOn())
      await addJobWithin(tx, "invitation.mail", { companyId: who.companyId, invitationId: made.id });
    return made.id;
  });
  const made = (await listInvitations(who)).find((invitation) => invitation.id === id);
  if (made === undefined) throw unknown();
  return made;
}

/** The company's invitations, newest first. */
export async function listInvitations(who: Who): Promise<InvitationView[]> {
  must(who, "members:write");
  return withCompany(who.companyId, async (tx) => {
    const rows = await tx.invitation.findMany({
      where: { companyId: who.companyId },
      orderBy: { createdAt: "desc" },
      take: 100,
    });
    const inviters = await tx.user.findMany({
      where: { id: { in: rows.map(({ inviterId }) => inviterId) } },
      select: { id: true, name: true },
    });
    return rows.map((row) => ({
      id: row.id,
      email: row.email,
      role: roleOf(row.role),
      status: statusOf(row.status, row.expiresAt, systemClock.now()),
      invitedBy: inviters.find(({ id }) => id === row.inviterId)?.name ?? "",
      url: `${env.PUBLIC_BASE_URL}/accept-invitation/${row.id}`,
      expiresAt: row.expiresAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
    }));
  });
}

/** Makes an invitation's link worthless; one that was accepted stays accepted. */
export async function revokeInvitation(who: Who, invitationId: string): Promise<void> {
  must(who, "members:write");
  await withCompany(who.companyId, async (tx) => {
    const found = await tx.invitation.findFirst({ where: { companyId: who.companyId, id: invitationId } });
    if (found === null) throw unknown();
    if (found.status !== "pending") return;
    await tx.invitation.update({ where: { id: found.id }, data: { status: "canceled" } });
    await audit(tx, who, "invitation.revoked", found.id);
  });
}

export type InvitationCard = {
  company: string;
  email: string;
  role: Role;
  invitedBy: string;
  status: InvitationView["status"];
  /** The invited person can sign in already, so they need no new password. */
  hasAccount: boolean;
};

/** What somebody sees who opens an invitation's link. Throws `not_found` for a link that never was. */
export async function openInvitation(invitationId: string): Promise<InvitationCard> {
  const [row] = await identityQuery<Opened>(
    `SELECT c.name AS company, i.email, i.role, i.status, i.expires_at AS "expiresAt", u.name AS "invitedBy",
            EXISTS (SELECT FROM "user" p WHERE p.email = i.email) AS "hasAccount"
     FROM invitation i JOIN company c ON c.id = i.company_id JOIN "user" u ON u.id = i.inviter_id
     WHERE i.id = $1`,
    [invitationId],
  );
  if (row === undefined) throw unknown();
  const { status, expiresAt, role, ...card } = row;
  return { ...card, role: roleOf(role), status: statusOf(status, expiresAt, systemClock.now()) };
}

/**
 * Makes the invited person a member and answers the cookies to set. A new person names a password; somebody with an
 * account is signed in already, as `visitor`. Throws `gone` for a link that was used, revoked or is too old.
 */
export async function acceptInvitation(
  invitationId: string,
  { name, password }: AcceptInvitationBody,
  visitor: { userId: string } | undefined,
): Promise<string[]> {
  const { userId, isNew } = await identityPrisma().$transaction(async (tx) => {
    const [invitation] = await tx.$queryRaw<Claimed[]>`
      UPDATE invitation SET status = 'accepted' WHERE id = ${invitationId}::uuid AND status = 'pending' AND expires_at > now()
      RETURNING email, role, company_id AS "companyId"`;
    if (invitation === undefined)
      throw new AppError("gone", "This invitation was used, revoked or is too old.");
    const { email, companyId } = invitation;
    const account = await tx.user.findUnique({ where: { email }, select: { id: true } });
    const userId = account
      ? sameVisitor(account.id, visitor)
      : await addPerson(tx, newPerson(email, name, password));
    await tx.$executeRaw`SELECT set_config('baton.company', ${companyId}, true)`;
    const role = roleOf(invitation.role);
    if ((await tx.member.count({ where: { companyId, userId } })) === 0)
      await addMember(tx, companyId, userId, role);
    if (account)
      await tx.session.updateMany({ where: { userId }, data: { activeOrganizationId: companyId } });
    const who = { kind: "operator", companyId, userId, name: name ?? email, role } as const;
    await audit(tx, who, "invitation.accepted", invitationId, { role });
    return { userId, isNew: account === null };
  });
  forgetRecognised();
  return isNew ? signInAs(userId) : [];
}

type Opened = Omit<InvitationCard, "role" | "status"> & {
  role: string | null;
  status: string;
  expiresAt: Date;
};
type Claimed = { email: string; role: string | null; companyId: string };

function newPerson(email: string, name: string | undefined, password: string | undefined) {
  const fields = {
    ...(name === undefined ? { name: "Please enter your name." } : {}),
    ...(password === undefined ? { password: "Please choose a password." } : {}),
  };
  if (name === undefined || password === undefined)
    throw new AppError("invalid", "A new account needs a name and a password.", { details: { fields } });
  return { email, name, password };
}

function sameVisitor(userId: string, visitor: { userId: string } | undefined): string {
  if (visitor?.userId !== userId)
    throw new AppError("unauthenticated", "Sign in with the invited e-mail address first.");
  return userId;
}

function roleOf(role: string | null): Role {
  return role === "owner" || role === "admin" ? role : "operator";
}

function statusOf(status: string, expiresAt: Date, now: Date): InvitationView["status"] {
  if (status === "accepted") return "accepted";
  if (status !== "pending") return "revoked";
  return expiresAt <= now ? "expired" : "pending";
}

function unknown(): AppError {
  return new AppError("not_found", "There is no such invitation.");
}
