import { hashPassword, verifyPassword } from "better-auth/crypto";
import type { z } from "zod";
import type { ChangePasswordBody, Me } from "#contracts/accounts";
import { systemClock } from "#lib/clock";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit } from "./audit.ts";
import { getCompany } from "./company.ts";
import { identityPrisma, identityQuery } from "./identity-database.ts";
import { listOperators } from "./members.ts";
import { permissionsOf } from "./permissions.ts";
import { sessionToken } from "./session-cookie.ts";
import type { OperatorWho } from "./who.ts";

/** Who is signed in, where, and what they may do. */
export async function whoAmI(who: OperatorWho): Promise<Me> {
  const [company, operators] = await Promise.all([getCompany(who), listOperators(who.companyId)]);
  const card = operators.find(({ id }) => id === who.userId);
  if (card === undefined)
    throw new AppError("unauthenticated", "You are no longer a member of this company.");
  return {
    operator: { ...card, status: "online" },
    company: { id: company.id, name: company.name, demo: company.demo },
    permissions: permissionsOf(who),
  };
}

/** The person signed in by a request's cookie, member of a company or not. */
export async function signedInUser(
  headers: Headers,
): Promise<{ userId: string; email: string; name: string } | undefined> {
  const token = sessionToken(headers.get("cookie"));
  if (token === undefined) return undefined;
  const [row] = await identityQuery<{ userId: string; email: string; name: string }>(
    `SELECT u.id AS "userId", u.email, u.name FROM session s JOIN "user" u ON u.id = s.user_id
     WHERE s.token = $1 AND s.expires_at > now()`,
    [token],
  );
  return row;
}

/** Says whether a person can sign in by password, or only by a one-time link. */
export async function hasPassword(who: OperatorWho): Promise<boolean> {
  const where = { userId: who.userId, providerId: "credential", password: { not: null } };
  return (await identityPrisma().account.count({ where })) > 0;
}

/** Sets a person's password and ends their other sign-ins. Throws `invalid` if the current one is wrong. */
export async function changePassword(
  who: OperatorWho,
  body: z.output<typeof ChangePasswordBody>,
): Promise<void> {
  const hash = await hashPassword(body.password);
  const now = systemClock.now();
  await withCompany(who.companyId, async (tx) => {
    const account = await tx.account.findFirst({ where: { userId: who.userId, providerId: "credential" } });
    if (
      account?.password &&
      !(await verifyPassword({ hash: account.password, password: body.current ?? "" }))
    )
      throw wrongPassword();
    if (account)
      await tx.account.update({ where: { id: account.id }, data: { password: hash, updatedAt: now } });
    else {
      const { userId } = who;
      const fixed = {
        id: newId(),
        accountId: userId,
        providerId: "credential",
        createdAt: now,
        updatedAt: now,
      };
      await tx.account.create({ data: { ...fixed, userId, password: hash } });
    }
    await tx.session.deleteMany({
      where: { userId: who.userId, ...(who.sessionId === undefined ? {} : { id: { not: who.sessionId } }) },
    });
    await audit(tx, who, "password.changed", who.userId);
  });
}

function wrongPassword(): AppError {
  const fields = { current: "This is not your current password." };
  return new AppError("invalid", "The current password is not right.", { details: { fields } });
}
