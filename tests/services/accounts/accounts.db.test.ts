import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSql, closeDatabase, openDatabase } from "#lib/db";
import {
  acceptInvitation,
  changeRole,
  closeIdentity,
  createApiKey,
  createSignInLink,
  currentOperator,
  forgetRecognised,
  getAgent,
  invite,
  listAgents,
  listApiKeys,
  listAudit,
  listInvitations,
  listMembers,
  needsSetup,
  onRevoked,
  openInvitation,
  operatorByKey,
  redeemSignInLink,
  removeMember,
  revokeApiKey,
  revokeInvitation,
  saveAgent,
  setUp,
  signInWithPassword,
  stillAllowed,
} from "#services/accounts";
import { aCompany, aPersonIn, cookieHeaders } from "#support/companies";
import { type FreshDatabase, freshDatabase, lookBehind } from "#support/database";

let database: FreshDatabase;
beforeAll(async () => {
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeIdentity();
  await closeDatabase();
  await database.drop();
});

const setup = (email: string) => ({
  company: "Harbour",
  name: "Ada",
  email,
  password: "correct horse battery",
});

describe("setting Baton up", () => {
  it("lets exactly one of several first visitors in, and signs that one in as owner", async () => {
    expect(await needsSetup()).toBe(true);
    const tries = await Promise.allSettled([1, 2, 3, 4].map((n) => setUp(setup(`first${n}@example.com`))));
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const lost = tries.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect([won.length, lost]).toEqual([1, ["conflict", "conflict", "conflict"]]);
    expect(await needsSetup()).toBe(false);
    const [done] = won;
    const who = await currentOperator(cookieHeaders(done?.cookies ?? []));
    expect(who).toMatchObject({ kind: "operator", role: "owner", companyId: done?.done.companyId });
    if (who === undefined) return;
    expect((await listAgents(who)).map(({ id }) => id)).toEqual([done?.done.agentId]);
  });

  it("sets a session cookie that scripts cannot read and other sites do not send", async () => {
    const { email, password } = await aCompany();
    const [cookie] = await signInWithPassword(email, password);
    expect(cookie).toMatch(/^baton\.session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("refuses a wrong password and a cookie nobody signed", async () => {
    const { email, password } = await aCompany();
    await expect(signInWithPassword(email, "not the password")).rejects.toThrow();
    const [cookie = ""] = await signInWithPassword(email, password);
    const forged = new Headers({ cookie: cookie.split(";")[0]?.replace(/\.[^.]*$/, ".AAAA") ?? "" });
    expect(await currentOperator(forged)).toBeUndefined();
  });
});

describe("a one-time sign-in link", () => {
  it("signs in once, also when it is opened twice at the same moment", async () => {
    const { owner } = await aCompany();
    const token = (await createSignInLink(owner.userId)).split("/").at(-1) ?? "";
    const opened = await Promise.allSettled([redeemSignInLink(token), redeemSignInLink(token)]);
    const cookies = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(cookies).toHaveLength(1);
    expect(await currentOperator(cookieHeaders(cookies[0] ?? []))).toMatchObject({ userId: owner.userId });
    await expect(redeemSignInLink(token)).rejects.toMatchObject({ code: "gone" });
  });

  it("is worthless after its time, when made up, and stored only as a hash", async () => {
    const { owner } = await aCompany();
    const token = (await createSignInLink(owner.userId)).split("/").at(-1) ?? "";
    const { rows } = await asAdmin("SELECT identifier FROM verification WHERE value = $1", [owner.userId]);
    expect(rows[0].identifier).not.toContain(token);
    await asAdmin("UPDATE verification SET expires_at = now() - interval '1 second' WHERE value = $1", [
      owner.userId,
    ]);
    await expect(redeemSignInLink(token)).rejects.toMatchObject({ code: "gone" });
    await expect(redeemSignInLink("made-up-token-of-a-stranger-1234")).rejects.toMatchObject({
      code: "gone",
    });
    await expect(redeemSignInLink("' OR 1=1 --")).rejects.toMatchObject({ code: "gone" });
  });
});

describe("an invitation", () => {
  it("makes a new person a member by its link alone, once", async () => {
    const { owner } = await aCompany();
    const { id, url } = await invite(owner, "new.colleague@example.com", "operator");
    expect(url).toMatch(new RegExp(`/accept-invitation/${id}$`));
    expect(await openInvitation(id)).toMatchObject({
      status: "pending",
      hasAccount: false,
      invitedBy: owner.name,
    });
    const body = { name: "Bo", password: "a long enough password" };
    const tries = await Promise.allSettled([1, 2].map(() => acceptInvitation(id, body, undefined)));
    const cookies = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(cookies).toHaveLength(1);
    const who = await currentOperator(cookieHeaders(cookies[0] ?? []));
    expect(who).toMatchObject({ companyId: owner.companyId, name: "Bo", role: "operator" });
    expect(await openInvitation(id)).toMatchObject({ status: "accepted" });
  });

  it("asks somebody with an account to sign in as the invited person", async () => {
    const [{ owner }, guest, stranger] = [await aCompany(), await aCompany(), await aCompany()];
    const { id } = await invite(owner, guest.email, "admin");
    await expect(acceptInvitation(id, {}, undefined)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(acceptInvitation(id, {}, stranger.owner)).rejects.toMatchObject({ code: "unauthenticated" });
    await acceptInvitation(id, {}, guest.owner);
    expect((await listMembers(owner)).map(({ email }) => email)).toContain(guest.email);
  });

  it("ends when it is revoked, replaced or too old", async () => {
    const { owner } = await aCompany();
    const body = { name: "Bo", password: "a long enough password" };
    const revoked = await invite(owner, "x@example.com", "operator");
    await revokeInvitation(owner, revoked.id);
    const replaced = await invite(owner, "y@example.com", "operator");
    await invite(owner, "y@example.com", "operator");
    const old = await invite(owner, "z@example.com", "operator");
    await asAdmin("UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = $1", [old.id]);
    for (const { id } of [revoked, replaced, old]) {
      await expect(acceptInvitation(id, body, undefined)).rejects.toMatchObject({ code: "gone" });
    }
    const states = Object.fromEntries((await listInvitations(owner)).map(({ id, status }) => [id, status]));
    expect([revoked.id, replaced.id, old.id].map((id) => states[id])).toEqual([
      "revoked",
      "revoked",
      "expired",
    ]);
  });

  it("belongs to its company alone", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    const { id } = await invite(theirs.owner, "q@example.com", "operator");
    await expect(revokeInvitation(mine.owner, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(invite(mine.owner, mine.email, "operator")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("members", () => {
  it("never loses the last owner, also when two owners unmake each other at once", async () => {
    const { owner } = await aCompany();
    await expect(removeMember(owner, owner.userId)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeRole(owner, owner.userId, "admin")).rejects.toMatchObject({ code: "conflict" });
    const second = await aPersonIn(owner, "owner");
    await Promise.allSettled([
      changeRole(owner, second.userId, "admin"),
      changeRole(second, owner.userId, "admin"),
    ]);
    const owners = (await listMembers(owner)).filter(({ role }) => role === "owner");
    expect(owners).toHaveLength(1);
  });

  it("lets only owners make and unmake owners", async () => {
    const { owner } = await aCompany();
    const admin = await aPersonIn(owner, "admin");
    const operator = await aPersonIn(owner, "operator");
    await expect(changeRole(admin, operator.userId, "owner")).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeMember(admin, owner.userId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(invite(admin, "o@example.com", "owner")).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeRole(operator, operator.userId, "admin")).rejects.toMatchObject({ code: "forbidden" });
    expect(await changeRole(admin, operator.userId, "admin")).toMatchObject({ role: "admin" });
  });

  it("shuts a removed member out at once and has their chats given back by a job", async () => {
    const { owner } = await aCompany();
    const person = await aPersonIn(owner, "operator");
    const headers = cookieHeaders(
      await redeemSignInLink((await createSignInLink(person.userId)).split("/").at(-1) ?? ""),
    );
    const who = await currentOperator(headers);
    if (who === undefined) throw new Error("not signed in");
    const closed = new Promise<void>((resolve) => onRevoked(who, resolve));
    expect(await stillAllowed(who)).toBe(true);
    await removeMember(owner, person.userId);
    const jobs = await callSql<{ payload: unknown }>(
      "SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'userId' = $1",
      [person.userId],
    );
    expect(jobs).toEqual([{ payload: { companyId: owner.companyId, userId: person.userId } }]);
    expect(await stillAllowed(who)).toBe(false);
    expect(await currentOperator(headers)).toBeUndefined();
    await closed;
  });

  it("cannot be reached from another company", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    await expect(changeRole(mine.owner, theirs.owner.userId, "operator")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(removeMember(mine.owner, theirs.owner.userId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an API key", () => {
  const bearer = (key: string) => new Headers({ authorization: `Bearer ${key}` });

  it("works with its scopes until it is revoked, and is kept only as a hash", async () => {
    const { owner } = await aCompany();
    const { key, id } = await createApiKey(owner, { name: "Zapier", scopes: ["conversations:read"] });
    const who = await operatorByKey(bearer(key));
    expect(who).toEqual({
      kind: "key",
      companyId: owner.companyId,
      keyId: id,
      name: "Zapier",
      scopes: ["conversations:read"],
    });
    const listed = await listApiKeys(owner);
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(key.startsWith(listed[0]?.prefix ?? "?")).toBe(true);
    const { rows } = await asAdmin("SELECT to_jsonb(k)::text AS row FROM api_key k WHERE id = $1", [id]);
    expect(rows[0].row).not.toContain(key);
    await revokeApiKey(owner, id);
    expect(await operatorByKey(bearer(key))).toBeUndefined();
    expect(who && (await stillAllowed(who))).toBe(false);
    expect((await listApiKeys(owner))[0]?.state).toBe("revoked");
  });

  it("stops at its end, and a made-up one never works", async () => {
    const { owner } = await aCompany();
    const { key, id } = await createApiKey(owner, { name: "Short", scopes: ["admin"], expiresInDays: 1 });
    await asAdmin("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
    forgetRecognised();
    expect(await operatorByKey(bearer(key))).toBeUndefined();
    expect(await operatorByKey(bearer("baton_0123456789012345678901234567890123456789012"))).toBeUndefined();
  });

  it("is not another company's to revoke, and not an operator's to make", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    const { id } = await createApiKey(theirs.owner, { name: "k", scopes: ["admin"] });
    await expect(revokeApiKey(mine.owner, id)).rejects.toMatchObject({ code: "not_found" });
    const operator = await aPersonIn(mine.owner, "operator");
    await expect(createApiKey(operator, { name: "k", scopes: ["admin"] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("an AI agent's settings", () => {
  it("count versions and refuse to overwrite somebody else's save", async () => {
    const { owner, agentId } = await aCompany();
    const saved = await saveAgent(owner, agentId, { name: "Nori", version: 1 });
    expect(saved).toMatchObject({ name: "Nori", version: 2 });
    await expect(saveAgent(owner, agentId, { name: "Late", version: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await getAgent(owner, agentId)).toMatchObject({ name: "Nori", version: 2 });
    expect(saved.embed).toContain(agentId);
  });

  it("are not found from another company", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    await expect(getAgent(mine.owner, theirs.agentId)).rejects.toMatchObject({ code: "not_found" });
    await expect(saveAgent(mine.owner, theirs.agentId, { name: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the audit log", () => {
  it("tells who did what, page by page, and cannot be changed", async () => {
    const { owner, agentId } = await aCompany();
    for (const name of ["A", "B", "C"]) await saveAgent(owner, agentId, { name });
    const first = await listAudit(owner, { limit: 2 });
    expect(first.entries.map(({ action }) => action)).toEqual(["agent.saved", "agent.saved"]);
    expect(first.entries[0]?.actor).toEqual({ kind: "operator", id: owner.userId, name: owner.name });
    const rest = await listAudit(owner, { cursor: first.next, limit: 50 });
    expect(rest.entries.map(({ action }) => action)).toEqual([
      "agent.saved",
      "agent.created",
      "company.created",
    ]);
    expect(rest.next).toBeUndefined();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("SELECT set_config('baton.company', $1, false)", [owner.companyId]);
    await expect(client.query("UPDATE audit SET action = 'nothing'")).rejects.toThrow(/append-only/);
    await client.end();
  });
});

async function asAdmin(text: string, values: unknown[]) {
  const client = await lookBehind(database);
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}
