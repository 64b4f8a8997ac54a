import { hashPassword } from "better-auth/crypto";
import type { Role } from "#contracts/accounts";
import { systemClock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { IdentityTx } from "./identity-database.ts";

export type NewPerson = { name: string; email: string; password?: string | undefined; image?: string };

/** Adds a person who can sign in; without a password only by a one-time link. Throws `conflict` if the e-mail is taken. */
export async function addPerson(tx: IdentityTx, person: NewPerson): Promise<string> {
  const email = person.email.toLowerCase();
  if ((await tx.user.count({ where: { email } })) > 0)
    throw new AppError("conflict", "Somebody already uses this e-mail address here.");
  const now = systemClock.now();
  const times = { createdAt: now, updatedAt: now };
  const id = newId();
  await tx.user.create({
    data: {
      id,
      name: person.name,
      email,
      emailVerified: false,
      ...times,
      ...(person.image ? { image: person.image } : {}),
    },
  });
  if (person.password !== undefined) {
    const password = await hashPassword(person.password);
    await tx.account.create({
      data: { id: newId(), userId: id, accountId: id, providerId: "credential", password, ...times },
    });
  }
  return id;
}

/** Makes a person a member of a company. */
export async function addMember(
  tx: IdentityTx,
  companyId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await tx.member.create({ data: { id: newId(), companyId, userId, role, createdAt: systemClock.now() } });
}
