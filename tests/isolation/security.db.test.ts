import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { request as rawRequest } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { onSocket } from "#http/sockets";
import { webSocket } from "#http/web-socket";
import { callSql, pool, read } from "#lib/db";
import { newId } from "#lib/ids";
import { createApiKey, createCompanyWithOwner, removeMember } from "#services/accounts";
import { helpIndex, helpPage } from "#services/chat";
import { readStream } from "#support/api";
import { lookBehind } from "#support/database";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let admin: pg.Client;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  admin = await lookBehind(stage.database);
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

  it("stays with whoever never got the answer that held a new token, however often it was lost", async () => {
    const chat = await stage.chat(shop);
    await open(chat.auth);
    await open(chat.auth);
    await admin.query("UPDATE chat_session SET rotated_at = now() - interval '2 minutes' WHERE id = $1", [
      chat.sessionId,
    ]);
    expect((await stage.ask("GET", `${chat.base}/events`, chat.auth)).status).toBe(200);
    expect((await open(chat.auth)).body).toMatchObject({
      sessionId: chat.sessionId,
      conversationId: chat.conversationId,
    });
  });

  it("is opened by one address so often a minute, and gone on with as often as it likes", async () => {
    const chat = await stage.chat(shop);
    let { auth } = chat;
    for (let page = 0; page < 25; page += 1) {
      const { body, status } = await open(auth);
      expect(status).toBe(201);
      auth = { authorization: `Bearer ${body.token}` };
    }
  });

  it("answers a name that is none like one that is not known", async () => {
    const { auth } = await stage.chat(shop);
    expect((await stage.ask("GET", "/api/chat/nobody/events", auth)).status).toBe(401);
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

  it("set cookies that scripts cannot read and other sites cannot send along", async () => {
    const email = `${newId()}@example.com`;
    const password = "a long enough password";
    await createCompanyWithOwner({ company: "Quay", name: "Di", email, password });
    const opened = await fetch(`${stage.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { origin: stage.url, "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    expect(opened.status).toBe(200);
    for (const cookie of opened.headers.getSetCookie().filter((one) => one.includes("session")))
      expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i);
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

describe("asking for the head of a file alone", () => {
  it("leaves no file open behind it", async () => {
    const chat = await stage.chat(shop);
    const upload = await fetch(`${stage.url}${chat.base}/attachments`, {
      method: "POST",
      headers: { ...chat.auth, "content-type": "text/plain", "x-file-name": "a.txt" },
      body: "plain words ".repeat(200_000),
    });
    const { id } = (await upload.json()) as { id: string };
    for (let n = 0; n < 40; n += 1)
      await fetch(`${stage.url}${chat.base}/attachments/${id}`, { method: "HEAD", headers: chat.auth });
    await expect.poll(() => timesOpen(id)).toBe(0);
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

describe("a WebSocket that a browser opens with the operator's cookie", () => {
  const speak = async (headers: Record<string, string>) => {
    const sockets = webSocket(stage.door.server, { path: "/ws", onConnection: onSocket });
    const socket = new WebSocket(`${stage.url.replace("http", "ws")}/ws`, { headers });
    const heard = await new Promise<string>((done) => {
      socket.on("open", () => socket.send(JSON.stringify({ type: "authenticate", stream: "operator" })));
      socket.on("message", (data) => String(data).includes("event:") && done(String(data)));
      socket.on("error", (error) => done(error.message));
    });
    socket.terminate();
    sockets.close();
    return /event: (\w+)/.exec(heard)?.[1] ?? heard;
  };

  it.each(["https://evil.example", "null", "http://127.0.0.1.evil.example"])(
    "on a page of %s is refused",
    async (origin) => {
      expect(await speak({ ...shop.owner.cookie, origin })).toBe("error");
    },
  );

  it("on a page of ours is answered", async () => {
    expect(await speak({ ...shop.owner.cookie, origin: stage.url })).toBe("connected");
  });
});

describe("somebody who is removed", () => {
  it("hears nothing more after five seconds", async () => {
    const { who, cookie } = await stage.colleague(shop);
    const stream = await readStream(`${stage.url}/api/agent/stream`, cookie);
    await stream.next(({ event }) => event === "snapshot");
    await removeMember(shop.owner.who, who.userId);
    const chat = await stage.chat(shop);
    await new Promise((later) => setTimeout(later, 5_000));
    await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: newId(), text: "A late word" });
    await new Promise((later) => setTimeout(later, 200));
    expect(JSON.stringify(stream.frames)).not.toContain("A late word");
    expect((await stage.ask("GET", "/api/agent/me", cookie)).status).toBe(401);
    stream.close();
  });
});

describe("what customers hear of a move", () => {
  it("names no key and no note", async () => {
    const chat = await stage.chat(shop);
    const own = `/api/agent/conversations/${chat.conversationId}`;
    await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: newId(), text: "Hello" });
    const stream = await readStream(`${stage.url}${chat.base}/stream`, chat.auth);
    await stream.next(({ event }) => event === "snapshot");
    const handed = await stage.ask("POST", `${own}/handover`, shop.key, {
      to: { kind: "operator", operatorId: shop.owner.who.userId },
      note: "A difficult one",
    });
    expect(handed.status, handed.text).toBe(200);
    await stream.next(({ event }) => event === "state");
    const polled = await stage.ask("GET", `${chat.base}/events`, chat.auth);
    for (const text of [JSON.stringify(stream.frames), polled.text]) {
      expect(text).toContain("Ada Owner");
      expect(text).not.toContain(shop.keyId);
      expect(text).not.toMatch(/A difficult one|"kind":"key"/);
      expect(text).not.toContain("@example.com");
    }
    stream.close();
  });
});

/** How often this process holds a file open, where the system tells. */
function timesOpen(name: string): number {
  const folder = "/proc/self/fd";
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).endsWith(name);
    } catch {
      return false;
    }
  }).length;
}
