import { systemClock } from "#lib/clock";
import { AppError, isAppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { auth } from "./auth.ts";
import { identityPrisma } from "./identity-database.ts";
import { linkIdentifier } from "./sign-in-link-plugin.ts";

const lifeMs = 30 * 60_000;

/** Makes a path that signs a person in once, within 30 minutes. Throws `not_found` if there is no such person. */
export async function createSignInLink(userId: string): Promise<string> {
  return `/sign-in/link/${await createToken(userId)}`;
}

/** Signs in a person who has just shown who they are, and answers the cookies to set. */
export async function signInAs(userId: string): Promise<string[]> {
  return redeemSignInLink(await createToken(userId));
}

async function createToken(userId: string): Promise<string> {
  const token = newToken();
  const now = systemClock.now();
  const user = await identityPrisma().user.findUnique({ where: { id: userId }, select: { id: true } });
  if (user === null) throw new AppError("not_found", "There is no such person.");
  await identityPrisma().verification.create({
    data: {
      id: newId(),
      identifier: linkIdentifier(token),
      value: userId,
      expiresAt: new Date(now.getTime() + lifeMs),
      createdAt: now,
      updatedAt: now,
    },
  });
  return token;
}

/** Signs in whom a one-time link was made for, and answers the cookies to set. Throws `gone` for a used or old link. */
export async function redeemSignInLink(token: string): Promise<string[]> {
  const gone = new AppError("gone", "This sign-in link was used already or is too old.");
  if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) throw gone;
  try {
    const { headers } = await auth().api.openSignInLink({ body: { token }, returnHeaders: true });
    return headers.getSetCookie();
  } catch (error) {
    if (isAppError(error)) throw error;
    if (error instanceof Error && "status" in error && error.status === "GONE") throw gone;
    throw error;
  }
}
