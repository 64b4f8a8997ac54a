import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase } from "#lib/db";
import { newId } from "#lib/ids";
import { forget } from "#lib/registry";
import {
  closeIdentity,
  createApiKey,
  createSignInLink,
  invite,
  type OperatorWho,
  redeemSignInLink,
  signInWithPassword,
} from "#services/accounts";
import { closeRateLimits } from "#services/rate-limit";
import { aCompany, aPersonIn } from "#support/companies";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { type Door, doorNames, openDoor } from "#support/doors";
import { routeModules } from "#support/routes";

let database: FreshDatabase;
beforeAll(async () => {
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  Object.assign(process.env, { RATE_IP_PER_MINUTE: "2000", RATE_COMPANY_PER_MINUTE: "5000" });
  forget("env");
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeRateLimits();
  await closeIdentity();
  await closeDatabase();
  await database.drop();
});

describe.each(doorNames)("the admin routes through the %s door", (name) => {
  let door: Door;
  let owner: OperatorWho;
  let agentId: string;
  let cookie: string;
  beforeAll(async () => {
    door = await openDoor(name, await routeModules("auth", "admin", "agent/me"));
    const company = await aCompany();
    owner = company.owner;
    agentId = company.agentId;
    cookie = (await signInWithPassword(company.email, company.password))[0]?.split(";")[0] ?? "";
  });
  afterAll(() => door.close());
  beforeEach(() => closeRateLimits());

  type Init = { method?: string; body?: unknown; cookie?: string; key?: string; origin?: string | null };
  const ask = (path: string, init: Init = {}) => {
    const headers: Record<string, string> = {};
    if (init.body !== undefined) headers["content-type"] = "application/json";
    if (init.key !== undefined) headers.authorization = `Bearer ${init.key}`;
    else headers.cookie = init.cookie ?? cookie;
    if (init.origin !== null) headers.origin = init.origin ?? door.url;
    const body = init.body === undefined ? null : JSON.stringify(init.body);
    return fetch(`${door.url}/api/${path}`, {
      method: init.method ?? "GET",
      headers,
      body,
      redirect: "manual",
    });
  };
  const code = async (response: Response) => [response.status, (await response.json()).error.code];

  it("says who is signed in and what they may do", async () => {
    const me = await (await ask("agent/me")).json();
    expect(me).toMatchObject({
      operator: { id: owner.userId, role: "owner" },
      company: { id: owner.companyId },
    });
    expect(me.permissions).toContain("owners:write");
  });

  it("signs in by password and out again, in the error body of the house", async () => {
    const { email, password } = await aCompany();
    const refused = await ask("auth/sign-in/email", {
      method: "POST",
      cookie: "",
      body: { email, password: "wrong wrong" },
    });
    expect(await code(refused)).toEqual([401, "unauthenticated"]);
    const good = await ask("auth/sign-in/email", { method: "POST", cookie: "", body: { email, password } });
    const mine = good.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect((await ask("agent/me", { cookie: mine })).status).toBe(200);
    expect((await ask("auth/sign-out", { method: "POST", cookie: mine, body: {} })).status).toBe(200);
    expect(await code(await ask("agent/me", { cookie: mine }))).toEqual([401, "unauthenticated"]);
  });

  it("keeps shut what better-auth would open beside our services", async () => {
    for (const path of [
      "auth/sign-up/email",
      "auth/organization/create",
      "auth/organization/remove-member",
      "auth/organization/update-member-role",
      "auth/organization/invite-member",
      "auth/sign-in/link",
      "auth/delete-user",
    ]) {
      const response = await ask(path, {
        method: "POST",
        body: { email: "x@example.com", password: "a long password", name: "x" },
      });
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it("refuses what another site's page sends with the cookie", async () => {
    const rename = (origin: string | null) =>
      ask("admin/company", { method: "PATCH", body: { name: "Taken over" }, origin });
    expect(await code(await rename("https://evil.example"))).toEqual([403, "forbidden"]);
    expect(await code(await rename("null"))).toEqual([403, "forbidden"]);
    expect(await code(await rename(null))).toEqual([403, "forbidden"]);
    const signIn = await ask("auth/sign-in/email", {
      method: "POST",
      origin: "https://evil.example",
      cookie: "",
      body: { email: "a@example.com", password: "whatever it is" },
    });
    expect(await code(signIn)).toEqual([403, "forbidden"]);
    expect((await rename(door.url)).status).toBe(200);
  });

  it("slows down who guesses passwords of one person", async () => {
    const { email } = await aCompany();
    const tries: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      const body = { email, password: `wrong guess ${n}` };
      tries.push((await ask("auth/sign-in/email", { method: "POST", cookie: "", body })).status);
    }
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  it("answers by role: each route to those who may, and no one else", async () => {
    const operator = await signedIn(await aPersonIn(owner, "operator"));
    const admin = await signedIn(await aPersonIn(owner, "admin"));
    const { key: reader } = await createApiKey(owner, { name: "r", scopes: ["conversations:read"] });
    const { key: chief } = await createApiKey(owner, { name: "a", scopes: ["admin", "conversations:read"] });
    const who: Record<string, Init> = {
      owner: {},
      admin: { cookie: admin },
      operator: { cookie: operator },
      reader: { key: reader },
      chief: { key: chief },
      stranger: { cookie: "" },
    };
    const expected: Record<string, Record<string, number>> = {
      "GET admin/company": { owner: 200, admin: 200, operator: 200, reader: 200, chief: 200, stranger: 401 },
      "GET admin/members": { owner: 200, admin: 200, operator: 200, reader: 200, chief: 200, stranger: 401 },
      "GET admin/agents": { owner: 200, admin: 200, operator: 200, reader: 200, chief: 200, stranger: 401 },
      "GET admin/articles": { owner: 200, admin: 200, operator: 200, reader: 200, chief: 200, stranger: 401 },
      "GET admin/rules": { owner: 200, admin: 200, operator: 200, reader: 200, chief: 200, stranger: 401 },
      "GET admin/invitations": {
        owner: 200,
        admin: 200,
        operator: 403,
        reader: 403,
        chief: 200,
        stranger: 401,
      },
      "GET admin/api-keys": { owner: 200, admin: 200, operator: 403, reader: 403, chief: 200, stranger: 401 },
      "GET admin/audit": { owner: 200, admin: 200, operator: 403, reader: 403, chief: 200, stranger: 401 },
      "PATCH admin/company": {
        owner: 200,
        admin: 200,
        operator: 403,
        reader: 403,
        chief: 200,
        stranger: 401,
      },
    };
    const seen: typeof expected = {};
    for (const line of Object.keys(expected)) {
      const [method = "", path = ""] = line.split(" ");
      const row: Record<string, number> = {};
      for (const [name, init] of Object.entries(who)) {
        const body = method === "PATCH" ? { body: { name: "Harbour" } } : {};
        row[name] = (await ask(path, { method, ...init, ...body })).status;
      }
      seen[line] = row;
    }
    expect(seen).toEqual(expected);
  });

  it("does not find another company's things", async () => {
    const theirs = await aCompany();
    const key = await createApiKey(theirs.owner, { name: "k", scopes: ["admin"] });
    const invitation = await invite(theirs.owner, "someone@example.com", "operator");
    const theirCookie = (await signInWithPassword(theirs.email, theirs.password))[0]?.split(";")[0] ?? "";
    const article = await (
      await ask("admin/articles", {
        method: "POST",
        cookie: theirCookie,
        body: { title: "Secret", body: "Text." },
      })
    ).json();
    const body = { name: "x", title: "x", body: "x", role: "operator" };
    const tries: [string, string][] = [
      ["GET", `admin/agents/${theirs.agentId}`],
      ["PATCH", `admin/agents/${theirs.agentId}`],
      ["PATCH", `admin/members/${theirs.owner.userId}`],
      ["DELETE", `admin/members/${theirs.owner.userId}`],
      ["DELETE", `admin/invitations/${invitation.id}`],
      ["DELETE", `admin/api-keys/${key.id}`],
      ["GET", `admin/articles/${article.id}`],
      ["PUT", `admin/articles/${article.id}`],
      ["DELETE", `admin/articles/${article.id}`],
    ];
    for (const [method, path] of tries) {
      const foreign = await ask(path, {
        method,
        ...(method === "P" || method.startsWith("P") ? { body } : {}),
      });
      const unknown = await ask(path.replace(/[^/]+$/, newId()), {
        method,
        ...(method.startsWith("P") ? { body } : {}),
      });
      const texts = [await foreign.json(), await unknown.json()].map(({ error }) => [
        error.code,
        error.message,
      ]);
      expect([method, path, foreign.status, texts[0]]).toEqual([method, path, 404, texts[1]]);
    }
    expect((await ask(`admin/articles/${article.id}`, { cookie: theirCookie })).status).toBe(200);
  });

  it("says which field is wrong, and stores nothing then", async () => {
    const bad = await ask(`admin/agents/${agentId}`, {
      method: "PATCH",
      body: {
        name: "",
        suggestions: Array.from({ length: 6 }, () => "a"),
        allowedOrigins: ["https://x.example/path"],
      },
    });
    const { error } = await bad.json();
    expect(Object.keys(error.details.fields).sort()).toEqual(["allowedOrigins.0", "name", "suggestions"]);
    expect((await (await ask(`admin/agents/${agentId}`)).json()).version).toBe(1);
  });

  it("publishes rules once for each version that was edited", async () => {
    const now = await (await ask("admin/rules")).json();
    const [rule] = now.rules;
    const body = { rules: [{ ...rule, enabled: false }], basedOn: now.version };
    const both = await Promise.all([1, 2].map(() => ask("admin/rules", { method: "PUT", body })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await (await ask("admin/rules")).json()).toMatchObject({
      version: now.version + 1,
      rules: [{ enabled: false }],
    });
  });

  async function signedIn(who: OperatorWho): Promise<string> {
    const cookies = await redeemSignInLink((await createSignInLink(who.userId)).split("/").at(-1) ?? "");
    return cookies[0]?.split(";")[0] ?? "";
  }
});
