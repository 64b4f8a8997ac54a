import { type CreatedKey, type CreateKeyBody, KeyScope, type KeyView } from "#contracts/admin";
import { systemClock } from "#lib/clock";
import { hashToken } from "#lib/crypto";
import { type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import type { ApiKey } from "#prisma";
import { audit } from "./audit.ts";
import { can, must } from "./permissions.ts";
import { forgetRecognised } from "./recognise.ts";
import type { Who } from "./who.ts";

const day = 86_400_000;

/** Makes an API key; the answer is the only place where it ever stands whole. */
export async function createApiKey(who: Who, body: CreateKeyBody): Promise<CreatedKey> {
  must(who, "keys:write");
  withinOwnScopes(who, body);
  const now = systemClock.now();
  const key = `baton_${newToken()}`;
  const asked = body.expiresInDays === undefined ? null : new Date(now.getTime() + body.expiresInDays * day);
  const row = await withCompany(who.companyId, async (tx) => {
    const expiresAt = earlier(asked, await endOfMaker(tx, who));
    const made = await tx.apiKey.create({
      data: {
        id: newId(),
        companyId: who.companyId,
        name: body.name,
        prefix: key.slice(0, 12),
        hash: hashToken(key),
        scopes: [...new Set(body.scopes)],
        createdBy: who.kind === "operator" ? who.userId : null,
        createdAt: now,
        expiresAt,
      },
    });
    await audit(tx, who, "api_key.created", made.id, { name: made.name, scopes: made.scopes });
    return made;
  });
  return { ...toView(row, now), key };
}

/** The company's API keys, newest first; without the keys themselves. */
export async function listApiKeys(who: Who): Promise<KeyView[]> {
  must(who, "keys:write");
  return withCompany(who.companyId, async (tx) => {
    const rows = await tx.apiKey.findMany({
      where: { companyId: who.companyId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    return rows.map((row) => toView(row, systemClock.now()));
  });
}

/** Revokes a key for good; revoking it again changes nothing. */
export async function revokeApiKey(who: Who, keyId: string): Promise<void> {
  if (!can(who, "keys:write") && !(who.kind === "key" && who.keyId === keyId)) must(who, "keys:write");
  await withCompany(who.companyId, async (tx) => {
    const key = await tx.apiKey.findFirst({ where: { companyId: who.companyId, id: keyId } });
    if (key === null) throw new AppError("not_found", "There is no such API key.");
    if (key.revokedAt !== null) return;
    await tx.apiKey.update({ where: { id: key.id }, data: { revokedAt: systemClock.now() } });
    await audit(tx, who, "api_key.revoked", key.id, { name: key.name });
  });
  forgetRecognised();
}

// A key that leaks must not be able to make itself wider or longer than its owner made it.
function withinOwnScopes(who: Who, { scopes }: CreateKeyBody): void {
  if (who.kind !== "key" || scopes.every((scope) => who.scopes.includes(scope))) return;
  throw new AppError("forbidden", "A key can give other keys only the scopes that it has itself.");
}

async function endOfMaker(tx: Tx, who: Who): Promise<Date | null> {
  if (who.kind !== "key") return null;
  const maker = await tx.apiKey.findFirst({ where: { companyId: who.companyId, id: who.keyId } });
  return maker?.expiresAt ?? null;
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function toView(row: ApiKey, now: Date): KeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.flatMap((scope) => KeyScope.safeParse(scope).data ?? []),
    state: stateOf(row, now),
    createdAt: row.createdAt.toISOString(),
    ...(row.lastUsedAt === null ? {} : { lastUsedAt: row.lastUsedAt.toISOString() }),
    ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt.toISOString() }),
  };
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): KeyView["state"] {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "active";
}
