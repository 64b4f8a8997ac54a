import { request as rawRequest } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSql, pool, read } from "#lib/db";
import { newId } from "#lib/ids";
import { createApiKey } from "#services/accounts";
import { helpIndex, helpPage } from "#services/chat";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let admin: pg.Client;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  admin = new pg.Client({ connectionString: stage.database.adminUrl });
  await admin.connect();
  shop = await stage.shop();
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

describe("a chat session", () => {
  it("ends for all who hold it when a token that was replaced long ago is used again", async () => {
    const chat = await stage.chat(shop);
    const resumed = await open(chat.auth);
    expect(resumed.body.sessionId).toBe(chat.sessionId);
    const thief = { authorization: `Bearer ${resumed.body.token}` };
    expect((await stage.ask("GET", `${chat.base}/events`, chat.auth)).status).toBe(200);

    await admin.query("UPDATE chat_session SET rotated_at = now() - interval '2 minutes' WHERE id = $1", [
      chat.sessionId,
    ]);
    expect((await stage.ask("GET", `${chat.base}/events`, thief)).status).toBe(200);
    expect((await stage.ask("GET", `${chat.base}/events`, chat.auth)).status).toBe(401);
    expect((await stage.ask("GET", `${chat.base}/events`, thief)).status).toBe(401);
    expect((await open(thief)).body.conversationId).not.toBe(chat.conversationId);
  });

  it("is shut to a site as soon as the agent no longer allows it", async () => {
    const origin = "https://shop.example";
    const allow = (allowedOrigins: string[]) =>
      stage.ask("PATCH", `/api/admin/agents/${shop.agentId}`, shop.key, { allowedOrigins });
    await allow([origin]);
    const { body } = await open({ origin });
    const from = { origin, authorization: `Bearer ${body.token}` };
    expect((await stage.ask("GET", `/api/chat/${body.sessionId}/events`, from)).status).toBe(200);
    await allow([]);
    expect((await stage.ask("GET", `/api/chat/${body.sessionId}/events`, from)).status).toBe(401);
    expect((await open(from)).status).toBe(403);
  });

  it.each(["null", "https://evil.example", "http://127.0.0.1.evil.example"])(
    "is opened for no page of %s, and no answer is shared with it",
    async (origin) => {
      const opened = await stage.ask("POST", "/api/chat/session", { origin }, { agentId: shop.agentId });
      expect(opened.status).toBe(403);
      const chat = await stage.chat(shop);
      const asked = await stage.ask("GET", `${chat.base}/events`, { ...chat.auth, origin });
      expect(asked.status).toBe(401);
    },
  );

  const open = (headers: Record<string, string>) =>
    stage.ask<{ sessionId: string; token: string; conversationId: string }>(
      "POST",
      "/api/chat/session",
      headers,
      { agentId: shop.agentId },
    );
});

describe("an API key", () => {
  it("gives no other key a right that it lacks itself", async () => {
    const made = await createApiKey(shop.owner.who, { name: "only admin", scopes: ["admin"] });
    const headers = { authorization: `Bearer ${made.key}` };
    const wider = { name: "wider", scopes: ["conversations:read"] };
    expect((await stage.ask("POST", "/api/admin/api-keys", headers, wider)).status).toBe(403);
    const same = { name: "same", scopes: ["admin"], expiresInDays: 1 };
    expect((await stage.ask("POST", "/api/admin/api-keys", headers, same)).status).toBe(201);
  });

  it("that ends makes none that outlives it", async () => {
    const made = await createApiKey(shop.owner.who, { name: "short", scopes: ["admin"], expiresInDays: 1 });
    const headers = { authorization: `Bearer ${made.key}` };
    const longer = { name: "longer", scopes: ["admin"] };
    const { body } = await stage.ask<{ expiresAt: string }>("POST", "/api/admin/api-keys", headers, longer);
    expect(body.expiresAt).toBe(made.expiresAt);
  });
});

describe("a page marker that is none of ours", () => {
  const pack = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const id = newId();
  it.each([
    ["/api/agent/conversations?view=resolved", pack(["1", id])],
    ["/api/agent/conversations?view=resolved", pack(["99999-01-01", id])],
    ["/api/agent/conversations?view=resolved", pack([true, true])],
    ["/api/agent/conversations?view=resolved", pack([new Date().toISOString(), "-".repeat(36)])],
    ["/api/agent/conversations?view=all", pack([id, id, id])],
    ["/api/admin/audit?", "-".repeat(36)],
    ["/api/admin/articles?", Buffer.from(`2026-99-99 99:99|${id}`).toString("base64url")],
    ["/api/admin/articles?", Buffer.from(`2026-01-01 1|${id}`).toString("base64url")],
  ])("is refused or passed over: %s %s", async (path, cursor) => {
    const answer = await stage.ask("GET", `${path}&cursor=${cursor}`, shop.key);
    expect(answer.status, answer.text).toBeLessThan(500);
  });
});

describe("the doors of sign-in", () => {
  it("take JSON only, so that tries are counted for the address tried", async () => {
    const form = await fetch(`${stage.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { origin: stage.url, "content-type": "application/x-www-form-urlencoded" },
      body: "email=a%40example.com&password=wrong-password",
    });
    expect(form.status).toBe(415);
  });

  it("refuse what cannot be stored", async () => {
    for (const email of ["a\u0000b@example.com", `${"a".repeat(400)}@example.com`]) {
      const tried = await stage.ask(
        "POST",
        "/api/auth/sign-in/email",
        { origin: stage.url },
        { email, password: "x\u0000y" },
      );
      expect(tried.status, tried.text).toBeOneOf([400, 401]);
    }
  });

  it("never give a session's token into the hands of a script", async () => {
    for (const path of ["get-session", "list-sessions"]) {
      const answer = await stage.ask("GET", `/api/auth/${path}`, shop.owner.cookie);
      expect(answer.text).not.toContain('"token"');
    }
  });

  it("set cookies that scripts cannot read", async () => {
    const made = await stage.ask("POST", "/api/auth/sign-out", shop.owner.cookie, {});
    expect(made.status).toBe(200);
  });
});

describe("an uploaded file", () => {
  it.each([
    ["run.html", "text/plain", "run.html.txt"],
    ["run.bat", "text/csv", "run.bat.csv"],
    ["notes.txt", "text/plain", "notes.txt"],
    ["NOTES.TXT", "text/plain", "NOTES.TXT"],
    ["list", "text/csv", "list.csv"],
  ])("named %s is never called what it is not", async (name, type, expected) => {
    const chat = await stage.chat(shop);
    const upload = await fetch(`${stage.url}${chat.base}/attachments`, {
      method: "POST",
      headers: { ...chat.auth, "content-type": type, "x-file-name": name },
      body: "plain words",
    });
    expect(await upload.json()).toMatchObject({ name: expected, mediaType: type });
  });
});

describe("the database", () => {
  it("forgets the company of a statement, also of one that failed", async () => {
    const scopes = async () => {
      const found = await Promise.all(
        Array.from({ length: 12 }, () =>
          callSql<{ scope: string; rows: number }>(
            `SELECT concat(current_setting('baton.company', true), current_setting('baton.scope', true), pg_sleep(0.02)::text) AS scope,
                    (SELECT count(*)::int FROM conversation) AS rows`,
          ),
        ),
      );
      return found.flat();
    };
    await stage.chat(shop);
    const tries = Array.from({ length: 12 }, (_, n) =>
      read(shop.companyId, n % 2 === 0 ? "SELECT 1/0" : "SELECT 1 / $1::int", n % 2 === 0 ? [] : [0]).catch(
        () => "failed",
      ),
    );
    expect(new Set(await Promise.all(tries))).toEqual(new Set(["failed"]));
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    await Promise.all(
      Array.from({ length: 12 }, () =>
        read(shop.companyId, "SELECT $1::jsonb", [cyclic]).catch(() => "failed"),
      ),
    );
    await callSql("SELECT sweep_agent('nonsense')").catch(() => undefined);
    for (const { scope, rows } of await scopes()) expect([scope, rows]).toEqual(["", 0]);
    expect(pool().totalCount).toBeGreaterThan(1);
  });

  it("keeps the audit and the ledger as they were written, except where a company is removed whole", async () => {
    const other = await stage.shop();
    await stage.ask("PATCH", "/api/admin/company", other.key, { name: "Renamed" });
    const inside = async (sql: string) => {
      const app = new pg.Client({ connectionString: stage.database.url });
      await app.connect();
      try {
        await app.query("SELECT set_config('baton.company', $1, false)", [other.companyId]);
        return (await app.query(sql)).rowCount;
      } finally {
        await app.end();
      }
    };
    await expect(inside("UPDATE audit SET action = 'x'")).rejects.toThrow("append-only");
    await expect(inside("DELETE FROM audit")).rejects.toThrow("append-only");
    await expect(inside("TRUNCATE audit")).rejects.toThrow("append-only");
    await expect(inside("TRUNCATE decision")).rejects.toThrow("append-only");
    await inside("DELETE FROM conversation");
    expect(await inside("DELETE FROM company")).toBe(1);
  });
});

describe("what a stranger may type", () => {
  it("is an unknown page of help, not a failure", async () => {
    for (const slug of ["a\u0000b", "\ud800", "%", "..", "x".repeat(5_000)])
      await expect(helpPage(shop.companyId, slug)).rejects.toMatchObject({ code: "not_found" });
    for (const company of ["nonsense", "\u0000", newId()])
      await expect(helpIndex(company)).rejects.toMatchObject({ code: "not_found" });
  });

  it("as the host of a request does no harm", async () => {
    const { port } = new URL(stage.url);
    const chat = await stage.chat(shop);
    for (const host of ["a:99999", ":", "[", "evil example", "..", "x".repeat(300)]) {
      for (const [method, path] of [
        ["GET", `${chat.base}/events`],
        ["POST", "/api/chat/session"],
      ] as const) {
        const status = await new Promise<number | undefined>((done, fail) => {
          const asked = rawRequest(
            {
              host: "127.0.0.1",
              port,
              method,
              path,
              headers: {
                ...chat.auth,
                host,
                origin: "https://x.example",
                "content-type": "application/json",
              },
            },
            (answer) => {
              answer.resume();
              done(answer.statusCode);
            },
          );
          asked
            .on("error", fail)
            .end(method === "POST" ? JSON.stringify({ agentId: shop.agentId }) : undefined);
        });
        expect([host.slice(0, 20), status]).toEqual([host.slice(0, 20), expect.toBeOneOf([400, 401, 403])]);
      }
    }
  });
});
