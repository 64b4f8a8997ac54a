import type { Role } from "#contracts/accounts";
import { KeyScope } from "#contracts/admin";
import { hashToken } from "#lib/crypto";
import { withCompany } from "#lib/db";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { sweepApiKey } from "#lib/sweeps";
import { identityQuery } from "./identity-database.ts";
import { sessionToken } from "./session-cookie.ts";
import type { KeyWho, OperatorWho } from "./who.ts";

// Short enough that a removed member or a revoked key is out within five seconds, in every process.
const remembered = 3_000;
const mostRemembered = 10_000;

type Known<T> = { who: T | undefined; until: number };
const sessions = () => once("accounts.sessions", () => new Map<string, Known<OperatorWho>>());
const keys = () => once("accounts.keys", () => new Map<string, Known<KeyWho>>());

/** The signed-in person behind a request's session cookie, as a member of the company they work in at the moment. */
export async function currentOperator(headers: Headers): Promise<OperatorWho | undefined> {
  const token = sessionToken(headers.get("cookie"));
  return token === undefined ? undefined : recall(sessions(), hashToken(token), () => operatorOf(token));
}

/** The program behind a request's `Authorization: Bearer baton_…`, while its key is good. */
export async function operatorByKey(headers: Headers): Promise<KeyWho | undefined> {
  const key = bearerKey(headers);
  return key === undefined ? undefined : recall(keys(), hashToken(key), () => keyOf(hashToken(key)));
}

/** The API key that a request carries, if it carries one. */
export function bearerKey(headers: Headers): string | undefined {
  const [, key] =
    /^Bearer\s+(baton_[A-Za-z0-9_-]{20,100})\s*$/i.exec(headers.get("authorization") ?? "") ?? [];
  return key;
}

/** Forgets who was recognised lately in this process, so that a change of roles or keys acts at once. */
export function forgetRecognised(): void {
  sessions().clear();
  keys().clear();
}

async function recall<T>(
  memory: Map<string, Known<T>>,
  hash: string,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const now = Date.now();
  const known = memory.get(hash);
  if (known !== undefined && known.until > now) return known.who;
  const who = await find();
  if (memory.size >= mostRemembered) memory.clear();
  // Only who was found is remembered: a stranger who guesses tokens must not fill the memory.
  if (who !== undefined) memory.set(hash, { who, until: now + remembered });
  else memory.delete(hash);
  return who;
}

async function operatorOf(token: string): Promise<OperatorWho | undefined> {
  const [row] = await identityQuery<{
    sessionId: string;
    userId: string;
    name: string;
    companyId: string;
    role: Role;
  }>(
    `SELECT s.id AS "sessionId", u.id AS "userId", u.name, m.company_id AS "companyId", m.role
     FROM session s JOIN "user" u ON u.id = s.user_id JOIN member m ON m.user_id = u.id
     WHERE s.token = $1 AND s.expires_at > now()
     ORDER BY (m.company_id = s.active_organization_id) DESC NULLS LAST, m.created_at, m.id LIMIT 1`,
    [token],
  );
  return row && { kind: "operator", ...row };
}

async function keyOf(hash: string): Promise<KeyWho | undefined> {
  const found = await sweepApiKey(hash);
  const now = new Date();
  if (found === undefined || found.revokedAt !== null) return undefined;
  if (found.expiresAt !== null && found.expiresAt <= now) return undefined;
  void noteUse(found.companyId, found.id, now);
  const scopes = found.scopes.flatMap((scope) => KeyScope.safeParse(scope).data ?? []);
  return { kind: "key", companyId: found.companyId, keyId: found.id, name: found.name, scopes };
}

async function noteUse(companyId: string, keyId: string, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  try {
    await withCompany(companyId, (tx) =>
      tx.apiKey.updateMany({
        where: { companyId, id: keyId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minuteAgo } }] },
        data: { lastUsedAt: now },
      }),
    );
  } catch (error) {
    log.warn(
      { name: error instanceof Error ? error.name : "unknown" },
      "the last use of an API key was not noted",
    );
  }
}
