import { request as nodeRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Id } from "#contracts/primitives";
import { preflight } from "#http/cors";
import { loadRoutes } from "#http/lane";
import { anyone, type Resolver, rawBody, route } from "#http/route";
import { described } from "#http/route-handler";
import { AppError } from "#lib/errors";
import { type Door, doorNames, openDoor } from "#support/doors";

const someone: Resolver<{ name: string }> = (request) => {
  const name = request.headers.get("authorization");
  if (name === null) throw new AppError("unauthenticated", "Say who you are.");
  return { name };
};
const shop = () => "https://shop.example";
const Body = z.object({ text: z.string().max(20), times: z.number().int().default(1) });

const modules = {
  "api/plain": { GET: route({ who: anyone }, () => ({ hello: "you" })) },
  "api/nothing": { DELETE: route({ who: anyone }, () => undefined) },
  "api/things/[id]": {
    GET: route({ who: anyone, params: z.object({ id: Id }) }, ({ params }) => params),
  },
  "api/things/special": { GET: route({ who: anyone }, () => ({ special: true })) },
  "api/rest/[...path]": {
    GET: route({ who: anyone, params: z.object({ path: z.array(z.string()) }) }, ({ params }) => params),
  },
  "api/search": {
    GET: route(
      { who: anyone, query: z.object({ q: z.string(), page: z.coerce.number().int().default(1) }) },
      ({ query }) => query,
    ),
  },
  "api/say": {
    POST: route({ who: someone, body: Body, status: 201 }, ({ who, body }) => ({ by: who.name, ...body })),
  },
  "api/any": { POST: route({ who: anyone, body: z.unknown() }, ({ body }) => ({ body })) },
  "api/raw": {
    POST: route({ who: anyone, body: rawBody, limits: { bytes: 1_000 } }, ({ body }) => ({
      length: body.length,
    })),
  },
  "api/broken": {
    GET: route({ who: anyone }, () => {
      throw new Error("secret detail of the machine");
    }),
  },
  "api/away": {
    GET: route({ who: anyone }, () => {
      throw new Error("query failed", {
        cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
      });
    }),
  },
  "api/busy": {
    GET: route(
      {
        who: anyone,
        admit: () => {
          throw new AppError("rate_limited", "Too much.", { retryAfter: 7.2 });
        },
      },
      () => ({}),
    ),
  },
  "api/moved": { GET: route({ who: anyone }, () => Response.redirect("https://example.com/", 307)) },
  "api/widget": {
    POST: route({ who: someone, cors: shop }, () => ({ ok: true })),
    OPTIONS: preflight(shop),
  },
};

const library = {
  GET: (request: Request) =>
    Response.json({ real: request instanceof Request, url: new URL(request.url).pathname }),
  POST: async (request: Request) =>
    Response.json(
      { text: await request.text() },
      {
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      },
    ),
};

describe.each(doorNames)("a route through the %s door", (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(name, modules);
  });
  afterAll(() => door.close());

  const ask = (path: string, init?: RequestInit) =>
    fetch(`${door.url}/api/${path}`, { redirect: "manual", ...init });
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", authorization: "Ada", ...headers },
    });

  it("answers what the handler returns as JSON that nobody caches", async () => {
    const response = await ask("plain");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ hello: "you" });
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("answers 204 where there is nothing to say", async () => {
    const response = await ask("nothing", { method: "DELETE" });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
  });

  it("answers HEAD like GET, without a body", async () => {
    const response = await ask("plain", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it("passes a Response of the handler on, also one that cannot be changed", async () => {
    const response = await ask("moved");
    expect([response.status, response.headers.get("location")]).toEqual([307, "https://example.com/"]);
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });

  it("echoes a sane request id and replaces any other", async () => {
    const kept = await ask("plain", { headers: { "x-request-id": "abc-123-def" } });
    const replaced = await ask("plain", { headers: { "x-request-id": "<script>alert(1)</script>" } });
    expect(kept.headers.get("x-request-id")).toBe("abc-123-def");
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("parses path and query, and prefers the more exact path", async () => {
    const id = "0199f3a0-0000-7000-8000-00000000ABCD";
    expect(await (await ask(`things/${id}`)).json()).toEqual({ id: id.toLowerCase() });
    expect(await (await ask("things/special")).json()).toEqual({ special: true });
    expect(await (await ask("rest/a/b%20c")).json()).toEqual({ path: ["a", "b c"] });
    expect(await (await ask("search?q=a%20b&page=3")).json()).toEqual({ q: "a b", page: 3 });
  });

  it("hides what a malformed id would have named", async () => {
    for (const id of ["42", "%00", "..%2f..%2fetc", "x".repeat(5_000), "'; drop table--"]) {
      const response = await ask(`things/${encodeURI(id)}`);
      expect(response.status).toBe(404);
    }
  });

  it("says which field of a query or body is wrong", async () => {
    const query = await (await ask("search?page=x")).json();
    expect(query.error).toMatchObject({ code: "invalid", details: { fields: { q: expect.any(String) } } });
    const body = await post("say", JSON.stringify({ text: 5 }));
    expect(body.status).toBe(400);
    const { error } = await body.json();
    expect(Object.keys(error.details.fields)).toEqual(["text"]);
    expect(error.requestId).toBe(body.headers.get("x-request-id"));
  });

  it("recognises who asks before it reads what they say", async () => {
    const response = await ask("say", {
      method: "POST",
      body: "{",
      headers: { "content-type": "text/plain" },
    });
    expect(response.status).toBe(401);
    expect((await response.json()).error).toMatchObject({
      code: "unauthenticated",
      message: "Say who you are.",
    });
  });

  it("answers a good body with the route's status", async () => {
    const response = await post("say", JSON.stringify({ text: "grüße 👋", more: 1 }));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ by: "Ada", text: "grüße 👋", times: 1 });
  });

  it("takes only JSON as JSON", async () => {
    expect(
      (await post("say", "text=hi", { "content-type": "application/x-www-form-urlencoded" })).status,
    ).toBe(415);
    expect((await post("say", "{}", { "content-type": "text/plain" })).status).toBe(415);
    expect(
      (await post("say", '{"text":"a"}', { "content-type": "application/json;charset=UTF-8" })).status,
    ).toBe(201);
  });

  it("refuses malformed bodies in words", async () => {
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    const bodies: BodyInit[] = [
      "",
      "{",
      "nul",
      "[1,]",
      "{'a':1}",
      '{"a":"\u0001"}',
      '"\\u0000"',
      '"\\ud800"',
      '{"\\udc00":1}',
      deep,
      "\ufeff\ufeff{}",
      new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]),
    ];
    for (const body of bodies.slice(1)) {
      const response = await post("any", body);
      expect([response.status, (await response.json()).error.code]).toEqual([400, "invalid"]);
    }
    for (const body of [
      "",
      "null",
      "[]",
      '"text"',
      "5",
      '{"text":null}',
      '{"text":["a"]}',
      '{"__proto__":{"text":"a"}}',
    ]) {
      const response = await post("say", body);
      expect([response.status, (await response.json()).error.code]).toEqual([400, "invalid"]);
    }
  });

  it("stops reading a body that is too large, announced or not", async () => {
    const large = JSON.stringify({ text: "a".repeat(1_000_000) });
    const announced = await post("say", large).catch(() => undefined);
    // A client that is still sending may see its connection end before it sees the answer.
    if (announced !== undefined) expect((await announced.json()).error.code).toBe("too_large");
    expect(await drip(`${door.url}/api/say`, 300 * 1024)).toBe(413);
    expect((await post("raw", "a".repeat(1_000))).status).toBe(200);
    expect((await post("raw", "a".repeat(1_001))).status).toBe(413);
  });

  it("never shows what broke", async () => {
    const response = await ask("broken");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text).error).toMatchObject({
      code: "internal",
      message: "Something went wrong on our side. Please try again.",
    });
    expect(text).not.toContain("secret detail");
  });

  it("asks for patience when the database is away or a limit is reached", async () => {
    const away = await ask("away");
    expect([away.status, away.headers.get("retry-after")]).toEqual([503, "2"]);
    const busy = await ask("busy");
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([429, "8"]);
  });

  it("shares an answer only with the origin that may read it", async () => {
    const good = await post("widget", "", { origin: "https://shop.example" });
    expect(good.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(good.headers.get("vary")).toBe("Origin");
    const failed = await ask("widget", { method: "POST", headers: { origin: "https://shop.example" } });
    expect([failed.status, failed.headers.get("access-control-allow-origin")]).toEqual([
      401,
      "https://shop.example",
    ]);
    for (const origin of [
      "https://evil.example",
      "https://shop.example.evil.example",
      "http://shop.example",
      "null",
    ]) {
      const response = await post("widget", "", { origin });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("lets an allowed origin ask before it calls, and no other", async () => {
    const asked = (origin: string) =>
      ask("widget", { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    const good = await asked("https://shop.example");
    expect(good.status).toBe(204);
    expect(good.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(good.headers.get("access-control-allow-headers")).toMatch(
      /^Authorization, Content-Type, Last-Event-ID/,
    );
    const bad = await asked("https://evil.example");
    expect([bad.status, bad.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });
});

describe("a route", () => {
  it("says of itself what it takes, for the API description", async () => {
    const routes = await loadRoutes(join(import.meta.dirname, "house", "src", "app", "api"));
    expect(Object.keys(routes).toSorted()).toEqual(["api/feed", "api/slow"]);
    expect(modules["api/say"].POST[described]).toMatchObject({ body: Body, status: 201, params: undefined });
    expect(modules["api/raw"].POST[described]?.body).toBe("raw");
  });
});

describe("the fast lane alone", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor("lane", {
      ...modules,
      "api/library/[...all]": library,
    });
  });
  afterAll(() => door.close());

  it("answers an unknown address in the error body of the house", async () => {
    const response = await fetch(`${door.url}/api/no/such/thing`);
    expect(response.status).toBe(404);
    expect((await response.json()).error).toMatchObject({ code: "not_found", requestId: expect.any(String) });
  });

  it("says which methods an address answers", async () => {
    const response = await fetch(`${door.url}/api/plain`, { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await response.json()).error.code).toBe("method_not_allowed");
  });

  it("hands a full web Request to handlers that were not made by route()", async () => {
    const get = await fetch(`${door.url}/api/library/a/b?c=d`);
    expect(await get.json()).toEqual({ real: true, url: "/api/library/a/b" });
    const post = await fetch(`${door.url}/api/library/x`, { method: "POST", body: "hello" });
    expect(await post.json()).toEqual({ text: "hello" });
    expect(post.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });
});

/** Sends a body piece by piece without saying how long it is, and returns the status that comes back. */
function drip(url: string, length: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", authorization: "Ada" };
    const sent = nodeRequest(url, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    for (let rest = length; rest > 0; rest -= 16_384) sent.write("a".repeat(Math.min(rest, 16_384)));
  });
}
