import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { PlatformName } from "#contracts/channel";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { forget } from "#lib/registry";
import { channelOf } from "#services/channels";
import { closeRateLimits } from "#services/rate-limit";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  customMessage,
  logOf,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { lookBehind } from "#support/database";
import { type Door, openDoor } from "#support/doors";
import { platforms, settingsOf } from "#support/every-platform";
import { routeModules } from "#support/routes";

const secret = aCustomSecret();
let stage: ChannelStage;
let admin: pg.Client;
let web: Door;
beforeAll(async () => {
  stage = await openChannelStage();
  admin = await lookBehind(stage.database);
  web = await openDoor("web", await routeModules("webhooks"));
});
afterEach(() => limits({ WEBHOOK: "1000000", IP: "100000" }));
afterAll(async () => {
  await admin.end();
  await web.close();
  await stage.close();
});

describe.each(platforms.filter((name) => channelOf(name).sample !== undefined))(
  "a delivery of %s",
  (channel) => {
    it("is taken when the platform signed it, whatever the request says of its host", async () => {
      const { companyId, path, delivery } = await aSigned(channel);
      const headers = {
        ...delivery.headers,
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
      };
      expect(await post(stage, path, { ...delivery, headers })).toBe(200);
      expect(await post(web, path, delivery)).toBe(200);
      expect(await stored(companyId)).toBe(1);
    });

    it("is refused unsigned, empty, or signed for something else, and not stored", async () => {
      const { companyId, path, delivery } = await aSigned(channel);
      const other = await aSigned(channel, "another-mark");
      const { "content-type": type = "" } = delivery.headers;
      const unsigned = { headers: { "content-type": type }, body: delivery.body };
      for (const each of [unsigned, { ...unsigned, body: "" }, other.delivery])
        expect(await post(stage, path, each)).toBe(401);
      if (channel !== "telegram")
        expect(await post(stage, path, { ...delivery, body: `${delivery.body} ` })).toBe(401);
      expect(await stored(companyId)).toBe(0);
    });
  },
);

describe("the address of a connection", () => {
  it("answers Meta's handshake as plain text, and only to who knows the token", async () => {
    const shop = await stage.shop();
    for (const channel of ["whatsapp", "messenger"] as const) {
      const settings = settingsOf("mark")[channel];
      const { id, path } = await connect(stage, shop, channel, settings);
      const ask = (query: Record<string, string>) =>
        fetch(`${stage.url}${path}?${new URLSearchParams(query)}`, { redirect: "manual" });
      const good = {
        "hub.mode": "subscribe",
        "hub.verify_token": settings.verifyToken ?? "",
        "hub.challenge": "<b>7</b>",
      };
      const known = await ask(good);
      expect([known.status, await known.text()]).toEqual([200, "<b>7</b>"]);
      expect(known.headers.get("content-type")).toMatch(/^text\/plain/);
      expect(known.headers.get("x-content-type-options")).toBe("nosniff");
      for (const wrong of ["", "wrong", `${settings.verifyToken}x`]) {
        const refused = await ask({ ...good, "hub.verify_token": wrong });
        expect([wrong, refused.status, await refused.text()]).toEqual([wrong, 403, ""]);
      }
      expect((await ask({})).status).toBe(404);
      const { body } = await stage.ask<{ health: { rejections: unknown[] } }>(
        "GET",
        `/api/admin/connections/${id}`,
        shop.owner.cookie,
      );
      expect(body.health.rejections).toMatchObject([{ reason: "verify_token", count: 3 }]);
      await limits({ IP: "2" });
      const guesses = [];
      for (let n = 0; n < 4; n += 1) guesses.push((await ask({ ...good, "hub.verify_token": "w" })).status);
      expect(guesses).toEqual([403, 403, 429, 429]);
      await limits({ IP: "100000" });
    }
    expect(await stored(shop.companyId)).toBe(0);
  });

  it("is none for a browser that only looks", async () => {
    const { path } = await aConnection();
    expect((await stage.ask("GET", path)).status).toBe(404);
    expect((await stage.ask("GET", `${path}/more`)).status).toBe(404);
    expect((await stage.ask("PUT", path, {}, {})).status).toBe(405);
  });
});

describe("what is too much", () => {
  it("is refused when one delivery is larger than any platform's", async () => {
    const { companyId, path } = await aConnection();
    const large = customMessage(secret, {
      id: "1",
      sender: { id: "kim" },
      content: "x".repeat(4 * 1024 * 1024),
    });
    for (const door of [stage, web]) expect(await post(door, path, large)).toBe(413);
    expect(await stored(companyId)).toBe(0);
  });

  it("is put off when a connection gets more than it may, and no other connection suffers", async () => {
    const { path } = await aConnection();
    const other = await aConnection();
    await limits({ WEBHOOK: "5" });
    const statuses = [];
    for (let n = 0; n < 8; n += 1) statuses.push(await post(stage, path, hello()));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    const refused = await fetch(`${stage.url}${path}`, { method: "POST", ...hello() });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await post(stage, other.path, hello())).toBe(200);
  });

  it("slows down who guesses secrets or addresses, and never the platform behind the same address", async () => {
    const { path } = await aConnection();
    await limits({ IP: "6" });
    const forged = () => post(stage, path, customMessage(aCustomSecret(), { id: "1" }));
    const lost = () => post(stage, path.replace(/[^/]+$/, "z".repeat(43)), hello());
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push(await forged(), await lost());
    expect(statuses).toEqual([401, 404, 401, 404, 401, 404, 429, 429]);
    expect(await post(stage, path, hello())).toBe(200);
  });

  it("is shed with a time to come again while nothing can be stored, and what was taken is there", async () => {
    const { companyId, path } = await aConnection();
    await stage.stopJobs();
    const deliveries = Array.from({ length: 1_040 }, hello);
    const answers: Promise<Response>[] = [];
    await whileLocked("webhook_delivery", async () => {
      answers.push(...deliveries.map((each) => fetch(`${stage.url}${path}`, { method: "POST", ...each })));
      const shed = await Promise.any(
        answers.map(async (answer) => {
          const { status, headers } = await answer;
          return status === 503 ? headers : Promise.reject(new Error(`It was answered ${status}.`));
        }),
      );
      expect(Number(shed.get("retry-after"))).toBeGreaterThan(0);
    });
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).status));
    const taken = statuses.filter((status) => status === 200).length;
    expect(taken).toBeGreaterThanOrEqual(1_000);
    expect(statuses.filter((status) => status === 503).length).toBe(deliveries.length - taken);
    expect(await stored(companyId)).toBe(taken);

    // As a platform does, all are sent again: those that were shed are stored now, the others stay as they are.
    for (const delivery of deliveries) await post(stage, path, delivery);
    expect(await stored(companyId)).toBe(deliveries.length);
    await admin.query("DELETE FROM webhook_delivery");
    await stage.goOn();
  }, 60_000);
});

describe("an acknowledgement", () => {
  it("comes when the delivery is stored, not before", async () => {
    const { companyId, path } = await aConnection();
    await stage.stopJobs();
    for (let n = 1; n <= 5; n += 1) {
      expect(await post(stage, path, hello())).toBe(200);
      expect(await stored(companyId)).toBe(n);
    }
    await stage.goOn();
  });

  it("does not come while the database refuses, and the same delivery is taken afterwards", async () => {
    const { companyId, path } = await aConnection();
    await admin.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$`,
    );
    await admin.query(
      "CREATE TRIGGER refused BEFORE INSERT ON webhook_delivery FOR EACH ROW EXECUTE FUNCTION refuse()",
    );
    const delivery = hello();
    for (const door of [stage, web]) expect(await post(door, path, delivery)).toBeGreaterThanOrEqual(500);
    await admin.query("DROP TRIGGER refused ON webhook_delivery");
    expect(await stored(companyId)).toBe(0);
    expect(await post(stage, path, delivery)).toBe(200);
    expect(await stored(companyId)).toBe(1);
  });

  it("does not come when the work on it cannot be put in line", async () => {
    const { companyId, path } = await aConnection();
    await admin.query("ALTER FUNCTION graphile_worker.add_job RENAME TO add_job_away");
    const status = await post(stage, path, hello());
    await admin.query("ALTER FUNCTION graphile_worker.add_job_away RENAME TO add_job");
    expect(status).toBeGreaterThanOrEqual(500);
    expect(await stored(companyId)).toBe(0);
  });
});

describe("the same delivery again", () => {
  it("is stored once and handled once, ten at a time and through both doors", async () => {
    const { companyId, path } = await aConnection();
    const delivery = hello();
    const doors = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? stage : web));
    const statuses = await Promise.all(doors.map((door) => post(door, path, delivery)));
    expect(statuses).toEqual(doors.map(() => 200));
    expect(await stored(companyId)).toBe(1);
    await until(async () => (await customersOf(companyId)).length > 0);
    expect(await post(stage, path, delivery)).toBe(200);
    await settled(companyId);
    expect(await customersOf(companyId)).toEqual(["Hello"]);
  });

  it("is one message also when it comes under another id of its delivery", async () => {
    const { companyId, path } = await aConnection();
    const message = { id: "m-1", sender: { id: "kim" }, content: "Only once" };
    const again = Array.from({ length: 6 }, () => customMessage(secret, message));
    const statuses = await Promise.all(again.map((each, n) => post(n % 2 === 0 ? stage : web, path, each)));
    expect(statuses).toEqual(again.map(() => 200));
    expect(await stored(companyId)).toBe(6);
    await settled(companyId);
    expect(await customersOf(companyId)).toEqual(["Only once"]);
  });
});

describe("the description of the API", () => {
  it("holds the contract of the custom channel with its example", async () => {
    const { text, body } = await stage.ask<{ paths: Record<string, { post?: { description?: string } }> }>(
      "GET",
      "/api/openapi.json",
    );
    const operation = body.paths["/api/webhooks/{companyId}/{agentId}/{channel}/{webhookId}"]?.post;
    for (const word of ["webhook-signature", "message.created", "message.sent", "createHmac", "410"])
      expect(operation?.description).toContain(word);
    expect(text).toContain("#/Channels/postWebhooksCompanyIdAgentIdChannelWebhookId");
  });
});

const hello = () => customMessage(secret, { id: newId(), sender: { id: "kim" }, content: "Hello" });

async function aConnection() {
  const shop = await stage.shop();
  const { companyId } = shop;
  return { companyId, ...(await connect(stage, shop, "custom", { secret, endpoint: "https://127.0.0.1/" })) };
}

/** A connection, and a delivery as its platform would sign it. */
async function aSigned(channel: PlatformName, mark = "a-mark-of-mine") {
  const shop = await stage.shop();
  const settings = settingsOf(mark)[channel];
  const { path, webhookUrl } = await connect(stage, shop, channel, settings);
  const place = { webhookUrl, now: new Date(), id: newId() };
  const sample = channelOf(channel).sample?.("Hello", settings, place);
  if (sample === undefined) throw new Error(`${channel} signs no sample.`);
  const delivery = { headers: Object.fromEntries(sample.headers), body: sample.rawBody.toString() };
  return { companyId: shop.companyId, path, delivery };
}

async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  await admin.query("BEGIN");
  await admin.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  try {
    await work();
  } finally {
    await admin.query("COMMIT");
  }
}

async function stored(companyId: string): Promise<number> {
  return (await read(companyId, "SELECT 1 FROM webhook_delivery")).length;
}

async function settled(companyId: string): Promise<void> {
  await until(
    async () =>
      (await read(companyId, "SELECT 1 FROM webhook_delivery WHERE state = 'received'")).length === 0,
  );
}

async function customersOf(companyId: string): Promise<string[]> {
  return (await logOf(companyId)).filter(({ author }) => author === "customer").map(({ text }) => text);
}

/** Limits as small as this, counted from now on. */
async function limits(most: Record<string, string>): Promise<void> {
  for (const [name, count] of Object.entries(most)) process.env[`RATE_${name}_PER_MINUTE`] = count;
  forget("env");
  await closeRateLimits();
}
