import type pg from "pg";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { QuarantinePage } from "#contracts/connections";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { forgetOldDeliveries, webhookJobs } from "#services/webhooks";
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
import type { Shop } from "#support/stage";

type Page = z.infer<typeof QuarantinePage>;

const secret = aCustomSecret();
let stage: ChannelStage;
let admin: pg.Client;
beforeAll(async () => {
  stage = await openChannelStage();
  admin = await lookBehind(stage.database);
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

describe("a delivery that cannot be read", () => {
  it("is kept with its reason, and shown without a word, a name or a number of a customer", async () => {
    const { shop, id, path } = await aConnection();
    const bodies = [
      '{"type":"message.created","timestamp":"2026-11-20T10:15:30.000Z","data":{"id":"77001","sender":{"name":"Kim","phone":"+4915112345678"},"content":"My card is 4111111111111111"}}',
      '{"type":"message.created","data":{"id":"77002","sender":"Kim","metadata":{"+4915112345678":"Kim","kim@example.com":17042}}}',
      '{"type":"message.created","data":["Kim",4915112345678,{"status":"Kim said no!","name":"Kim"}]}',
      "Kim wrote: my card is 4111111111111111",
      "text=4111111111111111&kim%40example.com=4915112345678&+4915112345678=x",
      '"Kim 4111111111111111"',
      `${"[".repeat(3_000)}"Kim"${"]".repeat(3_000)}`,
      `{"type":"message.created","data":{"content":"${"Kim 4111111111111111 ".repeat(10_000)}"}}`,
    ];
    for (const body of bodies) expect(await post(stage, path, signed(body))).toBe(200);
    const { deliveries } = await untilQuarantined(shop, id, bodies.length);
    expect(deliveries).toHaveLength(bodies.length);
    for (const { reason, body } of deliveries) {
      expect(reason).toMatch(/^It could not be read: \S/);
      expect(body).not.toBe("");
      for (const text of [reason, body]) expect(text).not.toMatch(/Kim|4111|4915|1704|7700|card|example/);
    }
    const [, , , , , third, second, first] = deliveries;
    expect(first?.reason).toContain("at sender.id");
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ type: "message.created", data: { sender: {} } });
    expect(second?.reason).toContain("at sender");
    expect(third?.reason).toContain("at its top");
    expect(await logOf(shop.companyId)).toEqual([]);
  });

  it("does not keep those before and behind it from being read", async () => {
    const { shop, id, path } = await aConnection();
    await say(path, "1", "before");
    await post(stage, path, signed("nonsense"));
    await say(path, "2", "behind");
    await untilQuarantined(shop, id, 1);
    await settled(shop.companyId);
    expect(await customersOf(shop.companyId)).toEqual(["before", "behind"]);
  });

  it("may hold whatever JSON may hold, and is read where a platform could have meant it", async () => {
    const { shop, path } = await aConnection();
    const contents = ["a\\u0000b", "half \\ud800 a pair", "👩‍👩‍👧 \\u202eright to left", "x".repeat(39_000)];
    for (const [n, content] of contents.entries()) {
      const body = `{"type":"message.created","data":{"id":${n},"sender":{"id":"kim"},"content":"${content}"}}`;
      expect(await post(stage, path, signed(body))).toBe(200);
    }
    await settled(shop.companyId);
    const read = await customersOf(shop.companyId);
    expect(read).toHaveLength(contents.length);
    expect(read[2]).toContain("👩‍👩‍👧");
  });

  it("is listed page by page, newest first", async () => {
    const { shop, id, path } = await aConnection();
    for (let n = 0; n < 5; n += 1) await post(stage, path, signed(`nonsense ${n}`));
    const all = await untilQuarantined(shop, id, 5);
    const found: string[] = [];
    for (let query = "limit=2", pages = 0; pages < 3; pages += 1) {
      const page = await listOf(shop, id, query);
      found.push(...page.deliveries.map((each) => each.id));
      query = `limit=2&cursor=${page.next}`;
      expect(page.next === undefined).toBe(pages === 2);
    }
    expect(found).toEqual(all.deliveries.map((each) => each.id));
    expect(new Set(found).size).toBe(5);
  });
});

describe("a delivery in quarantine", () => {
  it("outlasts those that were handled, and says until when it is kept", async () => {
    const { shop, id, path } = await aConnection();
    await post(stage, path, signed("nonsense"));
    await say(path, "1", "Hello");
    const [delivery] = (await untilQuarantined(shop, id, 1)).deliveries;
    await settled(shop.companyId);
    const days = (many: number) => Date.now() + many * 24 * 60 * 60_000;
    expect(Date.parse(delivery?.keptUntil ?? "")).toBeGreaterThan(days(89));

    await forgetOldDeliveries(days(60));
    expect(await read(shop.companyId, "SELECT id FROM webhook_delivery")).toEqual([{ id: delivery?.id }]);
    await forgetOldDeliveries(days(91));
    expect(await read(shop.companyId, "SELECT id FROM webhook_delivery")).toEqual([]);
  });

  it("is discarded when a person says so, and only then", async () => {
    const { shop, id, path } = await aConnection();
    await post(stage, path, signed("nonsense"));
    const [delivery] = (await untilQuarantined(shop, id, 1)).deliveries;
    const at = `/api/admin/connections/${id}/quarantine/${delivery?.id}`;
    expect((await stage.ask("DELETE", at, shop.owner.cookie)).status).toBe(204);
    expect((await listOf(shop, id)).deliveries).toEqual([]);
    expect((await stage.ask("DELETE", at, shop.owner.cookie)).status).toBe(404);
  });
});

describe("a message that cannot be handled", () => {
  it("is tried again while its conversation waits, then put aside and the others go on; after a fix it is handled once", async () => {
    const { shop, id, path } = await aConnection();
    await poisoned("poison", async () => {
      await say(path, "1", "first");
      await say(path, "2", "poison");
      await say(path, "3", "third");
      await until(async () => (await waitingOf(shop.companyId)).length === 2);
      expect(await customersOf(shop.companyId)).toEqual(["first"]);
      // The tries are ours alone from here: two at once would count twice.
      await stage.stopJobs();
      await until(async () => {
        await hurry(shop, id);
        return (await listOf(shop, id)).deliveries.length === 1;
      });
      await hurry(shop, id);
      await until(async () => (await customersOf(shop.companyId)).length === 2);
      expect(await customersOf(shop.companyId)).toEqual(["first", "third"]);
      await stage.goOn();
    });
    const [delivery] = (await listOf(shop, id)).deliveries;
    expect(delivery).toMatchObject({
      attempts: 5,
      reason: expect.stringMatching(/^It could not be handled: /),
    });
    expect(JSON.stringify(delivery)).not.toMatch(/poison/);

    const replay = () =>
      stage.ask("POST", `/api/admin/connections/${id}/quarantine/${delivery?.id}/replay`, shop.owner.cookie);
    const answers = await Promise.all([replay(), replay(), replay()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    await until(async () => (await customersOf(shop.companyId)).length === 3);
    expect(await customersOf(shop.companyId)).toEqual(["first", "third", "poison"]);
    expect((await listOf(shop, id)).deliveries).toEqual([]);
    expect((await replay()).status).toBe(404);
    const audit = await stage.ask<{ entries: { action: string; object: string }[] }>(
      "GET",
      "/api/admin/audit",
      shop.owner.cookie,
    );
    expect(audit.body.entries.filter(({ action }) => action === "delivery.replayed")).toMatchObject([
      { object: delivery?.id },
    ]);
  });

  it("goes back to quarantine when the fix was none", async () => {
    const { shop, id, path } = await aConnection();
    await post(stage, path, signed("nonsense"));
    const [delivery] = (await untilQuarantined(shop, id, 1)).deliveries;
    const at = `/api/admin/connections/${id}/quarantine/${delivery?.id}/replay`;
    expect((await stage.ask("POST", at, shop.owner.cookie)).status).toBe(204);
    const again = await untilQuarantined(shop, id, 1);
    expect(again.deliveries[0]).toMatchObject({ id: delivery?.id, reason: delivery?.reason });
  });
});

describe("a change that comes before its message", () => {
  it("waits for it, and is told to operators when it has come", async () => {
    const { shop, path } = await aConnection();
    const edit = { id: "7", content: "Three of them", sender: { id: "kim" } };
    await post(stage, path, signed(JSON.stringify({ type: "message.updated", data: edit })));
    await until(async () => (await waitingOf(shop.companyId)).some(({ attempts }) => attempts === 1));
    await say(path, "7", "Two of them");
    await until(async () => (await customersOf(shop.companyId)).length === 1, 3);
    await until(async () => (await waitingOf(shop.companyId)).length === 0, 12);
    const remarks = (await logOf(shop.companyId)).filter(({ audience }) => audience === "operators");
    expect(remarks.filter(({ text }) => text.includes("Three of them"))).toHaveLength(1);
  });

  it("is let go when that never comes", async () => {
    const { shop, id, path } = await aConnection();
    const edit = { id: "never", content: "Three of them", sender: { id: "kim" } };
    await post(stage, path, signed(JSON.stringify({ type: "message.updated", data: edit })));
    await until(async () => {
      await hurry(shop, id);
      return (await waitingOf(shop.companyId)).length === 0;
    });
    expect((await listOf(shop, id)).deliveries).toEqual([]);
    expect(await logOf(shop.companyId)).toEqual([]);
  });

  it("puts off nothing that comes while it waits", async () => {
    const { shop, id, path } = await aConnection();
    await stage.stopJobs();
    const edit = { id: "never", content: "Three of them", sender: { id: "kim" } };
    await post(stage, path, signed(JSON.stringify({ type: "message.updated", data: edit })));
    const before = await jobsOf(id);
    // Ends after the work on what has just come was put in line.
    await handle(shop, id);
    const after = await jobsOf(id);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after.filter(({ due }) => !due)).toHaveLength(1);
    await stage.goOn();
  });
});

describe("a connection that is removed", () => {
  it("leaves no work behind that fails for ever", async () => {
    const { shop, id, path } = await aConnection();
    await stage.stopJobs();
    await say(path, "1", "Hello");
    await stage.ask("DELETE", `/api/admin/connections/${id}`, shop.owner.cookie);
    await expect(handle(shop, id)).resolves.toBeUndefined();
    await stage.goOn();
    await until(async () => (await jobsOf(id)).length === 0);
  });
});

async function aConnection() {
  const shop = await stage.shop();
  return { shop, ...(await connect(stage, shop, "custom", { secret, endpoint: "https://127.0.0.1/" })) };
}

function say(path: string, id: string, content: string): Promise<number> {
  return post(stage, path, customMessage(secret, { id, sender: { id: "kim" }, content }));
}

/** Any body, signed. */
function signed(body: string) {
  const id = newId();
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, now, body),
  };
  return { headers, body };
}

async function listOf(shop: Shop, id: string, query = ""): Promise<Page> {
  const path = `/api/admin/connections/${id}/quarantine?${query}`;
  const { body, status, text } = await stage.ask<Page>("GET", path, shop.owner.cookie);
  expect(status, text).toBe(200);
  return body;
}

function untilQuarantined(shop: Shop, id: string, many: number): Promise<Page> {
  return until(async () => {
    const page = await listOf(shop, id);
    return page.deliveries.length === many && page;
  });
}

async function handle({ companyId }: Shop, connectionId: string): Promise<void> {
  await webhookJobs["webhook.handle"]?.({ companyId, connectionId });
}

/** Has what waits for its next try tried now. */
async function hurry(shop: Shop, id: string): Promise<void> {
  await admin.query(
    "UPDATE webhook_delivery SET next_at = now() WHERE connection_id = $1 AND next_at > now()",
    [id],
  );
  await handle(shop, id);
}

async function waitingOf(companyId: string) {
  return read<{ attempts: number }>(
    companyId,
    "SELECT attempts FROM webhook_delivery WHERE state = 'received'",
  );
}

async function settled(companyId: string): Promise<void> {
  await until(async () => (await waitingOf(companyId)).length === 0);
}

async function customersOf(companyId: string): Promise<string[]> {
  return (await logOf(companyId)).filter(({ author }) => author === "customer").map(({ text }) => text);
}

async function jobsOf(connectionId: string) {
  const { rows } = await admin.query<{ id: string; due: boolean }>(
    "SELECT id, run_at <= now() AS due FROM graphile_worker.jobs WHERE queue_name = $1",
    [`webhook:${connectionId}`],
  );
  return rows;
}

/** Has the database refuse messages that say this, for as long as `work` goes on. */
async function poisoned(text: string, work: () => Promise<void>): Promise<void> {
  await admin.query(
    `CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN IF NEW.text = '${text}' THEN RAISE 'refused "%"', NEW.text; END IF; RETURN NEW; END $$`,
  );
  await admin.query(
    "CREATE TRIGGER poisoned BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION poison()",
  );
  try {
    await work();
  } finally {
    await admin.query("DROP TRIGGER poisoned ON message");
    await admin.query("DROP FUNCTION poison");
  }
}
