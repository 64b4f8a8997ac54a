import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { hashToken } from "#lib/crypto";

/** Where a link's hash stands in the verification table. */
export const linkIdentifier = (token: string) => `sign-in-link:${hashToken(token)}`;

/** Lets a one-time link sign in whom it was made for; reached from our own routes only. */
export function signInLinks() {
  return {
    id: "sign-in-links",
    endpoints: {
      openSignInLink: createAuthEndpoint(
        "/sign-in/link",
        {
          method: "POST",
          body: z.object({ token: z.string().min(20).max(100) }),
          metadata: { SERVER_ONLY: true },
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const found = await internalAdapter.consumeVerificationValue(linkIdentifier(context.body.token));
          const user =
            found && found.expiresAt > new Date() ? await internalAdapter.findUserById(found.value) : null;
          if (!user)
            throw new APIError("GONE", { message: "This sign-in link was used already or is too old." });
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return context.json({ userId: user.id });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
