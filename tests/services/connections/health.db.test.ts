import type pg from "pg";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#lib/ids";
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
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import { kimSays, save, viewOf } from "./connection-desk.ts";

const secret = aCustomSecret();
let receiver: FakeReceiver;
let stage: ChannelStage;
let admin: pg.Client;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
  stage = await openChannelStage({ OUTBOUND_PRIVATE_HOSTS: receiver.host });
  admin = await lookBehind(stage.database);
});
afterAll(async () => {
  await admin.end();
  await stage.close();
  await receiver.close();
});

describe("what was refused at the door", () => {
  it("is counted by its reason, so that a wrongly pasted secret or address is seen", async () => {
    const { shop, id, path } = await aConnection();
    expect((await healthOf(shop, id)).rejections).toEqual([]);
    const stale = customMessage(secret, { id: "1" });
    const refused = [
      [path, customMessage(aCustomSecret(), { id: "1" }), 401],
      [path, customMessage(aCustomSecret(), { id: "2" }), 401],
      [path, customMessage(aCustomSecret(), { id: "3" }), 401],
      [path, resigned(stale, -600), 401],
      [path, { headers: { "content-type": "application/json" }, body: "{}" }, 401],
      [path.replace(shop.agentId, newId()), customMessage(secret, { id: "4" }), 404],
      [path.replace("/custom/", "/sms/"), customMessage(secret, { id: "5" }), 404],
    ] as const;
    for (const [where, delivery, status] of refused) expect(await post(stage, where, delivery)).toBe(status);
    const { rejections } = await healthOf(shop, id);
    const counts = Object.fromEntries(rejections.map(({ reason, count }) => [reason, count]));
    expect(counts).toEqual({ signature: 3, stale: 1, malformed: 1, wrong_path: 2 });
    for (const { lastAt } of rejections) expect(Date.now() - Date.parse(lastAt)).toBeLessThan(60_000);
    expect(await kimSays(stage, path, secret)).toBe(200);
  });

  it("is forgotten after a week, and added up over its days", async () => {
    const { shop, id } = await aConnection();
    for (const [days, count] of [
      [0, 2],
      [1, 3],
      [6, 4],
      [7, 100],
      [30, 100],
    ]) {
      await admin.query(
        `INSERT INTO rejection (company_id, connection_id, reason, day, count, last_at)
         VALUES ($1, $2, 'signature', (now() - $3 * interval '1 day')::date, $4, now() - $3 * interval '1 day')`,
        [shop.companyId, id, days, count],
      );
    }
    expect((await healthOf(shop, id)).rejections).toMatchObject([{ reason: "signature", count: 9 }]);
  });
});

describe("the numbers of a connection", () => {
  it("tell what waits to be read, and what could not be read", async () => {
    const { shop, id, path } = await aConnection();
    await stage.stopJobs();
    for (const content of ["one", "two"]) await kimSays(stage, path, secret, content);
    await post(stage, path, customMessage(secret, { id: "3", sender: "no object" }));
    expect(await healthOf(shop, id)).toMatchObject({ waiting: 3, quarantined: 0 });
    const { lastReceivedAt = "" } = await healthOf(shop, id);
    expect(Date.now() - Date.parse(lastReceivedAt)).toBeLessThan(60_000);
    await stage.goOn();
    await until(async () => (await healthOf(shop, id)).waiting === 0);
    expect(await healthOf(shop, id)).toMatchObject({ waiting: 0, quarantined: 1 });
  });

  it("tell what was sent, what waits, what failed, and what nobody knows", async () => {
    const { shop, id, path } = await aConnection();
    await kimSays(stage, path, secret);
    await until(async () => (await healthOf(shop, id)).lastSentAt !== undefined);
    await until(async () => (await healthOf(shop, id)).outgoing.waiting === 0);
    const [line] = await logOf(shop.companyId);
    const at = `/api/agent/conversations/${line?.conversationId}`;
    const say = (text: string) =>
      stage.ask("POST", `${at}/send`, shop.owner.cookie, { clientId: newId(), text });
    await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
    await until(async () => (await healthOf(shop, id)).outgoing.waiting === 0);

    receiver.play({ is: "answer", status: 400 });
    await say("This is refused");
    await until(async () => (await healthOf(shop, id)).outgoing.failed === 1);
    const failed = await healthOf(shop, id);
    expect(failed.lastError?.words).toBe("The endpoint refused the message (400).");

    receiver.play({ is: "answer", status: 429, headers: { "retry-after": "600" } });
    await say("This has to wait");
    await say("So does this");
    const put = "SELECT 1 FROM delivery WHERE company_id = $1 AND state = 'waiting' AND next_at > now()";
    await until(async () => (await admin.query(put, [shop.companyId])).rows.length === 1);
    expect((await healthOf(shop, id)).outgoing).toEqual({ waiting: 2, failed: 1, unknown: 0 });
    await admin.query("UPDATE delivery SET state = 'unknown' WHERE company_id = $1 AND state = 'waiting'", [
      shop.companyId,
    ]);
    expect((await healthOf(shop, id)).outgoing).toEqual({ waiting: 0, failed: 1, unknown: 2 });
  });

  it("are each connection's own", async () => {
    const { shop, id, path } = await aConnection();
    const other = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    await post(stage, path, customMessage(aCustomSecret(), { id: "1" }));
    await post(stage, path, customMessage(secret, { id: "2", sender: "no object" }));
    await until(async () => (await healthOf(shop, id)).quarantined === 1);
    expect((await healthOf(shop, id)).rejections).toHaveLength(1);
    expect(await healthOf(shop, other.id)).toEqual({
      rejections: [],
      waiting: 0,
      quarantined: 0,
      outgoing: { waiting: 0, failed: 0, unknown: 0 },
    });
  });
});

describe("a connection that falls silent", () => {
  it("is reported when it usually brings messages at this hour and brings none", async () => {
    const { shop, id } = await aConnection();
    await delivered(shop.companyId, id, { days: [1, 2, 3, 4, 5, 6], each: 6 });
    const { silentSince, lastReceivedAt } = await healthOf(shop, id);
    expect(silentSince).toBeDefined();
    expect(silentSince).toBe(lastReceivedAt);
  });

  it("is not reported while it brings any, nor where it never brings many, nor at another hour", async () => {
    const busy = await aConnection();
    await delivered(busy.shop.companyId, busy.id, { days: [1, 2, 3, 4, 5, 6], each: 6 });
    await kimSays(stage, busy.path, secret);
    const quiet = await aConnection();
    await delivered(quiet.shop.companyId, quiet.id, { days: [1, 2, 3, 4, 5, 6], each: 2 });
    const elsewhen = await aConnection();
    await delivered(elsewhen.shop.companyId, elsewhen.id, { days: [1, 2, 3, 4, 5, 6], each: 6, hours: 5 });
    const young = await aConnection();
    for (const { shop, id } of [busy, quiet, elsewhen, young])
      expect((await healthOf(shop, id)).silentSince).toBeUndefined();
  });

  it("is not reported while it is paused", async () => {
    const { shop, id } = await aConnection();
    await delivered(shop.companyId, id, { days: [1, 2, 3, 4, 5, 6], each: 6 });
    await save(stage, shop, id, { state: "paused" });
    expect((await healthOf(shop, id)).silentSince).toBeUndefined();
  });
});

async function aConnection() {
  const shop = await stage.shop();
  return { shop, ...(await connect(stage, shop, "custom", { secret, endpoint: receiver.url })) };
}

async function healthOf(shop: Parameters<typeof viewOf>[1], id: string) {
  return (await viewOf(stage, shop, id)).health;
}

/** A delivery with another time in its header, signed before that. */
function resigned({ headers, body }: ReturnType<typeof customMessage>, seconds: number) {
  const at = new Date(Date.now() + seconds * 1_000);
  return {
    body,
    headers: {
      ...headers,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(headers["webhook-id"] ?? "", at, body),
    },
  };
}

/** Has a connection's deliveries have come on these days before today, at this hour or some hours before it. */
async function delivered(
  companyId: string,
  connectionId: string,
  { days, each, hours = 0 }: { days: number[]; each: number; hours?: number },
): Promise<void> {
  await admin.query(
    `INSERT INTO webhook_delivery (id, company_id, connection_id, platform_id, url, body, received_at, state)
     SELECT gen_random_uuid(), $1, $2, gen_random_uuid()::text, 'https://example.com', '',
            now() - day * interval '1 day' - interval '30 minutes' - $5 * interval '1 hour', 'handled'
     FROM unnest($3::int[]) AS day, generate_series(1, $4)`,
    [companyId, connectionId, days, each, hours],
  );
}
