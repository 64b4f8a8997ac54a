import { type BetterAuthOptions, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { organization } from "better-auth/plugins";
import { secretIn } from "#lib/data-folder";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { companyRoles } from "./auth-roles.ts";
import { identityPrisma, identityQuery } from "./identity-database.ts";
import { signInLinks } from "./sign-in-link-plugin.ts";

/** How long a sign-in lasts. */
export const sessionDays = 30;

/** Signs cookies: the secret of the environment, else the one kept in the data folder. */
export function authSecret(): string {
  return once("accounts.secret", () => env.BATON_SECRET ?? secretIn(env.BATON_DATA, "baton-secret"));
}

/** Says whether people reach Baton over https, so that cookies can be bound to it. */
export function overHttps(): boolean {
  return env.PUBLIC_BASE_URL.startsWith("https://");
}

/** The name of the session cookie: bound to this very host where https allows it. */
export function sessionCookieName(): string {
  return overHttps() ? "__Host-baton.session" : "baton.session";
}

/** The one instance of better-auth of this process. */
export function auth() {
  return once("accounts.auth", makeAuth);
}

/** Signs somebody in by e-mail and password, and answers the cookies to set. */
export async function signInWithPassword(email: string, password: string): Promise<string[]> {
  const { headers } = await auth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  return headers.getSetCookie();
}

function makeAuth() {
  return betterAuth({
    appName: "Baton",
    baseURL: env.PUBLIC_BASE_URL,
    basePath: "/api/auth",
    secret: authSecret(),
    trustedOrigins: (request) => sameHostOrigin(request),
    database: prismaAdapter(identityPrisma(), { provider: "postgresql", transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: sessionDays * 86_400, disableSessionRefresh: true },
    // Counted by our own limits, which work across processes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      // Named whole below, since the prefix better-auth adds by itself is the weaker `__Secure-`.
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookieName() } },
      cookiePrefix: overHttps() ? "__Host-baton" : "baton",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: overHttps() },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    logger: { level: "warn", log: (level, message) => log[level](message) },
    databaseHooks: { session: { create: { before: inFirstCompany } } },
    plugins: [
      organization({ ...companyRoles, schema: companyTables, allowUserToCreateOrganization: false }),
      signInLinks(),
    ],
  } satisfies BetterAuthOptions);
}

const companyTables = {
  organization: { modelName: "company" },
  member: { fields: { organizationId: "companyId" } },
  invitation: { fields: { organizationId: "companyId" } },
};

async function inFirstCompany(session: { userId: string } & Record<string, unknown>) {
  const [first] = await identityQuery<{ companyId: string }>(
    `SELECT company_id AS "companyId" FROM member WHERE user_id = $1 ORDER BY created_at, id LIMIT 1`,
    [session.userId],
  );
  return { data: { ...session, activeOrganizationId: first?.companyId ?? null } };
}

// A page can only claim the host it was loaded from, and the cookies of that host are all it can use.
function sameHostOrigin(request: Request | undefined): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}
