import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ErrorBody } from "#contracts/errors";
import { newId } from "#lib/ids";
import { createCompanyWithOwner } from "#services/accounts";
import { closeRateLimits } from "#services/rate-limit";
import { until } from "#support/channel-stage";
import { lookBehind } from "#support/database";
import { routeModules } from "#support/routes";
import { type Answered, openStage, type Shop, type Stage } from "#support/stage";
import { furnishAlerts } from "./furnish-alerts.ts";
import { furnishConnection } from "./furnish-connection.ts";
import { furnishCopilot } from "./furnish-copilot.ts";
import { furnishDesk } from "./furnish-desk.ts";
import { furnishPhone } from "./furnish-phone.ts";
import { furnishQueue } from "./furnish-queue.ts";
import { furnishReports } from "./furnish-reports.ts";
import { furnishRules } from "./furnish-rules.ts";
import { type Ids, type Way, ways } from "./routes-table.ts";

type Headers = Record<string, string>;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const routes = Object.entries(await routeModules("."))
  .flatMap(([path, module]) =>
    methods.filter((method) => method in module).map((method) => `${method} ${path}`),
  )
  .sort();
const walked = routes.filter((route) => ways[route] !== undefined && ways[route].left === undefined);

const unknownIds = {} as Ids;

let stage: Stage;
let admin: pg.Client;
let mine: { shop: Shop; ids: Ids; chat: Headers };
let theirs: { shop: Shop; ids: Ids; chat: Headers };
let unknown: Ids;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  admin = await lookBehind(stage.database);
  mine = await furnished();
  theirs = await furnished();
  await settled();
  const never = Object.fromEntries(Object.keys(mine.ids).map((name) => [name, newId()])) as Ids;
  unknown = { ...never, phoneNumber: "+15555559999" };
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

it("has a line in the table for every route there is, and none for what is gone", () => {
  expect(Object.keys(ways).sort()).toEqual(routes);
});

describe("another company's ids", () => {
  // Whoever holds an invitation's link may use it: its id is the secret.
  const withIds = walked.filter((route) => route.includes("[") && ways[route]?.who !== "anyone");

  it.each(withIds)("%s: are as unknown as ids that never were", async (route) => {
    const way = wayOf(route);
    const before = await contentsOf(theirs.ids.companyId);
    for (const headers of callersOf(way)) {
      for (const ids of mixesOf(route)) {
        const foreign = await ask(route, ids(theirs.ids), headers, way.body?.(mine.ids));
        const none = await ask(route, ids(unknown), headers, way.body?.(mine.ids));
        const expected =
          way.who === "customer" && foreign.path !== none.path && !isOwnSession(foreign.path) ? 401 : 404;
        expect([foreign.status, foreign.text]).toEqual([expected, expect.stringContaining('"error"')]);
        expect(nameless(foreign)).toEqual(nameless(none));
      }
    }
    expect(await contentsOf(theirs.ids.companyId)).toEqual(before);
  });

  const smuggling = walked.filter((route) => ways[route]?.smuggled !== undefined);

  it.each(smuggling)("%s: are refused in the query and the body too", async (route) => {
    const way = wayOf(route);
    const before = await contentsOf(theirs.ids.companyId);
    for (const headers of callersOf(way)) {
      for (const { query, body, status } of way.smuggled ?? []) {
        const asked = (ids: Ids) =>
          ask(route, mine.ids, headers, body === undefined ? way.body?.(ids) : body(ids), query?.(ids));
        const foreign = await asked(theirs.ids);
        expect(foreign.status, foreign.text).toBe(status);
        expect(nameless(foreign)).toEqual(nameless(await asked(unknown)));
      }
    }
    expect(await contentsOf(theirs.ids.companyId)).toEqual(before);
  });

  const lists = walked.filter(
    (route) => !route.includes("[") && route.startsWith("GET") && !route.endsWith("stream"),
  );

  it.each(lists)("%s: stand in no list", async (route) => {
    for (const headers of callersOf(wayOf(route))) {
      const { status, text } = await ask(route, mine.ids, headers, undefined);
      expect(status, text).toBe(200);
      for (const id of Object.values(theirs.ids)) expect(text).not.toContain(id);
    }
  });
});

describe("nobody, and the wrong kind of somebody", () => {
  const guarded = walked.filter((route) => ways[route]?.who !== "anyone");

  it.each(guarded)("%s: is not answered", async (route) => {
    const way = wayOf(route);
    const before = await counts();
    const strangers: Headers[] = [
      {},
      { authorization: "Bearer nonsense" },
      { authorization: `Bearer baton_${"x".repeat(43)}` },
      { cookie: "better-auth.session_token=nonsense.nonsense" },
      ...(way.who === "staff" ? [mine.chat] : [mine.shop.key, mine.shop.owner.cookie]),
    ];
    for (const headers of strangers) {
      const answer = await ask(route, mine.ids, headers, way.body?.(mine.ids));
      expect([answer.status, ErrorBody.parse(answer.body).error.code]).toEqual([401, "unauthenticated"]);
    }
    expect(await counts()).toEqual(before);
  });
});

describe("what no route can use", () => {
  const spoken = walked.filter((route) => ways[route]?.body !== undefined);

  it.each(spoken)("%s: is refused in the error body of the house, and nothing is stored", async (route) => {
    const way = wayOf(route);
    const before = await counts();
    for (const { name, body, type = "application/json" } of badBodies(way.body?.(mine.ids) ?? {})) {
      await closeRateLimits();
      const answer = await send(route, mine.ids, { ...callersOf(way)[0], "content-type": type }, body);
      expect([name, answer.status], answer.text.slice(0, 300)).toEqual([
        name,
        expect.toBeOneOf([400, 413, 415]),
      ]);
      const { error } = ErrorBody.strict().parse(answer.body);
      expect(error.requestId).not.toBe("");
      expect(answer.text).not.toMatch(/prisma|postgres|\bat \/|node_modules|ZodError/i);
    }
    expect(await counts()).toEqual(before);
  });

  const counted = spoken.filter((route) =>
    Object.values(wayOf(route).body?.(unknownIds) ?? {}).some(Number.isInteger),
  );

  it.each(counted)("%s: never falls over a number", async (route) => {
    const way = wayOf(route);
    for (const number of ["-1", "0.5", "2147483648", "9007199254740993", "1e300", "-0", '"1"']) {
      const body = JSON.stringify(way.body?.(mine.ids)).replaceAll(/:(\d+)/g, `:${number}`);
      const answer = await send(
        route,
        mine.ids,
        { ...callersOf(way)[0], "content-type": "application/json" },
        body,
      );
      expect([number, answer.status], answer.text).toEqual([number, expect.toBeOneOf([204, 400])]);
    }
  });

  const named = walked.filter((route) => route.includes("["));
  const oddIds = [
    "nonsense",
    "%00",
    "..%2f..%2fetc",
    "%ED%A0%80",
    "1",
    `${"9".repeat(5_000)}`,
    "%F0%9F%92%A9",
    "%",
  ];

  it.each(named)("%s: is not found under what is no id", async (route) => {
    const way = wayOf(route);
    const before = await counts();
    for (const odd of oddIds) {
      const ids = Object.fromEntries(Object.keys(mine.ids).map((name) => [name, odd])) as Ids;
      const answer = await ask(route, ids, callersOf(way)[0] ?? {}, way.body?.(mine.ids));
      expect([odd.slice(0, 20), answer.status]).toEqual([
        odd.slice(0, 20),
        expect.toBeOneOf([400, 401, 404, 410]),
      ]);
      ErrorBody.strict().parse(answer.body);
    }
    expect(await counts()).toEqual(before);
  });

  const reading = walked.filter((route) => route.startsWith("GET") && !route.includes("stream"));
  const oddQueries = [
    "limit=abc",
    "limit=-1",
    "limit=99999999999999999999",
    "limit=1&limit=2",
    "after=%00",
    "cursor=%00",
    "cursor=eyJhIjoxfQ",
    "cursor=WzEsMiwzXQ",
    "cursor=WyJhIiwiYiJd",
    "before=x",
    "before=99999999999999",
    "after=99999999999999999999",
    "view=everything",
    `after=${"9".repeat(10_000)}`,
    "%00=%00",
    "__proto__=1",
  ];

  it.each(reading)("%s: never falls over a query", async (route) => {
    for (const query of oddQueries) {
      const answer = await ask(route, mine.ids, callersOf(wayOf(route))[0] ?? {}, undefined, query);
      expect([query.slice(0, 40), answer.status]).not.toEqual([
        query.slice(0, 40),
        expect.toBeOneOf([500, 503]),
      ]);
      if (answer.status >= 400) ErrorBody.strict().parse(answer.body);
    }
  });

  const uploads = walked.filter((route) => ways[route]?.raw === true);

  it.each(uploads)("%s: takes no file that is none", async (route) => {
    const who = callersOf(wayOf(route))[0] ?? {};
    const before = await counts();
    const tries: [string, Headers, BodyInit][] = [
      ["empty", { "content-type": "image/png" }, Buffer.alloc(0)],
      ["no picture", { "content-type": "image/png" }, Buffer.from("<script>alert(1)</script>")],
      [
        "drawn script",
        { "content-type": "image/svg+xml" },
        Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      ],
      ["odd name", { "content-type": "text/html", "x-file-name": "%E0%A4%A" }, Buffer.from("hello")],
      ["eleven megabytes", { "content-type": "text/plain" }, Buffer.alloc(11 * 1024 * 1024, 97)],
    ];
    for (const [name, headers, body] of tries) {
      const answer = await send(route, mine.ids, { ...who, ...headers }, body);
      expect([name, answer.status], answer.text).toEqual([name, expect.toBeOneOf([400, 413, 415])]);
      ErrorBody.strict().parse(answer.body);
    }
    expect(await counts()).toEqual(before);
    for (const odd of [
      "a%00b.txt",
      "%F0%9F%98%80".repeat(200),
      "..%2f..%2fpasswd",
      "%22%0d%0aset-cookie:x.txt",
      "",
    ]) {
      const answer = await send(
        route,
        mine.ids,
        { ...who, "content-type": "text/plain", "x-file-name": odd },
        Buffer.from("plain words"),
      );
      expect([odd.slice(0, 20), answer.status], answer.text).toEqual([odd.slice(0, 20), 201]);
      const { id } = answer.body as { id: string };
      const kept = await ask(
        `${route.replace("POST", "GET")}/[attachmentId]`,
        { ...mine.ids, attachmentId: id },
        who,
        undefined,
      );
      expect([odd.slice(0, 20), kept.status, kept.text]).toEqual([odd.slice(0, 20), 200, "plain words"]);
    }
  });
});

function wayOf(route: string): Way {
  const way = ways[route];
  if (way === undefined) throw new Error(`No line for ${route}.`);
  return way;
}

function callersOf(way: Way): Headers[] {
  if (way.who === "anyone") return [{}];
  if (way.who === "customer") return [mine.chat];
  return way.personOnly ? [mine.shop.owner.cookie] : [mine.shop.owner.cookie, mine.shop.key];
}

/** Each id of the path foreign in turn, with those before it ours. */
function mixesOf(route: string): ((foreign: Ids) => Ids)[] {
  const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name]) => name as keyof Ids);
  return names.map((name) => (foreign: Ids) => ({ ...mine.ids, [name]: foreign[name] }));
}

const isOwnSession = (path: string) => path.includes(mine.ids.sessionId);

type Asked = Answered & { path: string };

function ask(route: string, ids: Ids, headers: Headers, body: unknown, query?: string): Promise<Asked> {
  const type: Headers = body === undefined ? {} : { "content-type": "application/json" };
  return send(
    route,
    ids,
    { ...type, ...headers },
    body === undefined ? undefined : JSON.stringify(body),
    query,
  );
}

async function send(
  route: string,
  ids: Ids,
  headers: Headers,
  body: BodyInit | undefined,
  query?: string,
): Promise<Asked> {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern
    .replace("[channel]", "custom")
    .replaceAll(/\[(\w+)\]/g, (_, name: keyof Ids) => ids[name]);
  const response = await fetch(`${stage.url}/${path}${query === undefined ? "" : `?${query}`}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") && text !== "";
  return { path, status: response.status, text, body: json ? JSON.parse(text) : {} };
}

/** An answer without what is never twice the same. */
function nameless({ status, text }: Asked) {
  return { status, text: text.replace(/"requestId":"[^"]*"/, "") };
}

type Bad = { name: string; body: BodyInit; type?: string };

/** A good body, spoiled in each way that we could think of. */
function badBodies(good: Record<string, unknown>): Bad[] {
  const megabyte = "x".repeat(1024 * 1024);
  const whole: Bad[] = [
    { name: "broken JSON", body: "{" },
    { name: "a list", body: "[]" },
    { name: "a text", body: '"text"' },
    { name: "null", body: "null" },
    { name: "a number", body: "1e999" },
    { name: "deep", body: `${"[".repeat(50_000)}${"]".repeat(50_000)}` },
    { name: "not UTF-8", body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
    { name: "a form", body: "a=b", type: "application/x-www-form-urlencoded" },
    { name: "plain text", body: JSON.stringify(good), type: "text/plain" },
    { name: "two megabytes", body: JSON.stringify({ ...good, more: megabyte + megabyte }) },
  ];
  const fields = Object.entries(good).flatMap(([field, value]): Bad[] => {
    const spoil = (name: string, spoiled: unknown) => ({
      name: `${field}: ${name}`,
      body: JSON.stringify({ ...good, [field]: spoiled }),
    });
    const wrong = [
      spoil("an object of nothing", { "": {} }),
      spoil("null", null),
      spoil("a wrong type", wrongType(value)),
    ];
    if (typeof value !== "string") return wrong;
    return [
      ...wrong,
      spoil("a megabyte", megabyte),
      spoil("NUL", `a\u0000b`),
      {
        name: `${field}: half a pair`,
        body: JSON.stringify({ ...good, [field]: "?" }).replace('"?"', '"a\\ud800b"'),
      },
    ];
  });
  return [...whole, ...fields];
}

function wrongType(value: unknown): unknown {
  return typeof value === "string" ? 42 : "text";
}

async function furnished() {
  const shop = await stage.shop();
  const chat = await stage.chat(shop);
  const own = `/api/agent/conversations/${chat.conversationId}`;
  await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: "1", text: "A secret question" });
  await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
  await stage.ask("POST", `${own}/accept`, shop.owner.cookie);
  const file = await fetch(`${stage.url}${chat.base}/attachments`, {
    method: "POST",
    headers: { ...chat.auth, "content-type": "text/plain", "x-file-name": "list.txt" },
    body: "one, two",
  });
  const { id: attachmentId } = (await file.json()) as { id: string };
  const article = await stage.ask<{ id: string }>("POST", "/api/admin/articles", shop.key, {
    title: "Returns",
    body: "## How long?\n\nThirty days.",
    language: "en",
    status: "published",
  });
  const invitation = await stage.ask<{ id: string }>("POST", "/api/admin/invitations", shop.owner.cookie, {
    email: `${newId()}@example.com`,
    role: "operator",
  });
  await furnishReports(shop);
  const opened = await stage.ask<{ customer: { id: string } }>("GET", own, shop.owner.cookie);
  await createCompanyWithOwner({ company: "Third", name: "Cy", email: `${newId()}@example.com` });
  const ids: Ids = {
    conversationId: chat.conversationId,
    sessionId: chat.sessionId,
    attachmentId,
    agentId: shop.agentId,
    articleId: article.body.id,
    keyId: shop.keyId,
    userId: shop.owner.who.userId,
    invitationId: invitation.body.id,
    companyId: shop.companyId,
    contactId: opened.body.customer.id,
    ...(await furnishCopilot(stage, shop, chat.conversationId)),
    ...(await furnishConnection(stage, shop)),
    ...(await furnishQueue(stage, shop)),
    ...(await furnishRules(stage, shop, chat.conversationId)),
    ...(await furnishAlerts(stage, shop, chat.conversationId)),
    ...(await furnishDesk(stage, shop, chat.conversationId)),
    ...(await furnishPhone(stage, shop)),
  };
  expect(Object.entries(ids).filter(([, id]) => id === undefined || id === "")).toEqual([]);
  return { shop, ids, chat: chat.auth };
}

async function tables(): Promise<{ name: string; column: string | null }[]> {
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name,
            (SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped) AS "column"
     FROM pg_class c WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) ORDER BY 1`,
  );
  return rows;
}

/** How many rows every table of the whole database has. */
async function counts(): Promise<Record<string, number>> {
  const each = (await tables()).map(
    ({ name }) => `SELECT '${name}' AS name, count(*)::int AS many FROM ${name}`,
  );
  const { rows } = await admin.query<{ name: string; many: number }>(each.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ name, many }) => [name, many]));
}

/** Everything one company has, down to the last column. */
/** A session's activity is noted a moment after its words: nothing may move while the walk compares tables. */
async function settled(): Promise<void> {
  await until(async () => {
    const before = await contentsOf(theirs.ids.companyId);
    await pause(400);
    return JSON.stringify(before) === JSON.stringify(await contentsOf(theirs.ids.companyId));
  });
}

async function contentsOf(companyId: string): Promise<Record<string, string>> {
  const each = (await tables())
    .filter(({ column }) => column !== null)
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS sum FROM ${name} t WHERE company_id = $1`,
    );
  const { rows } = await admin.query<{ name: string; sum: string }>(each.join(" UNION ALL "), [companyId]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
