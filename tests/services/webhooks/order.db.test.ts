import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { webhookJobs } from "#services/webhooks";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  customMessage,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { lookBehind } from "#support/database";
import { settingsOf } from "#support/every-platform";
import { signedByMeta } from "#support/fake-graph";
import type { Shop } from "#support/stage";

const secret = aCustomSecret();
const files = createServer(async (request, response) => {
  await pause(request.url === "/slow.txt" ? 6_000 : 0, undefined, { ref: false });
  response.writeHead(200, { "content-type": "text/plain" }).end("a file");
});
let host = "";
let stage: ChannelStage;
let admin: pg.Client;
beforeAll(async () => {
  await new Promise<void>((done) => files.listen(0, "127.0.0.1", done));
  host = `127.0.0.1:${(files.address() as AddressInfo).port}`;
  stage = await openChannelStage({ OUTBOUND_PRIVATE_HOSTS: host });
  admin = await lookBehind(stage.database);
});
afterAll(async () => {
  await admin.end();
  await stage.close();
  files.closeAllConnections();
  files.close();
});

describe("what a customer wrote after something that failed in passing", () => {
  it("waits for it, and nobody else does", async () => {
    const { shop, id, path } = await aConnection();
    await refusing("later", async () => {
      await say(path, "kim", "first");
      await say(path, "kim", "later");
      await say(path, "kim", "last");
      await say(path, "lou", "another");
      await until(async () => (await waiting(shop)).length === 2);
      // Also what comes while it waits for its next try.
      await say(path, "kim", "the very last");
      await until(async () => (await waiting(shop)).length === 3);
      expect((await said(shop)).sort()).toEqual(["another", "first"]);
      // What only waits for another is not tried itself.
      expect(await waiting(shop)).toEqual([expect.any(Number), 0, 0]);
    });
    await until(async () => {
      await hurry(shop, id);
      return (await said(shop)).length === 5;
    });
    const kims = (await said(shop)).filter((text) => text !== "another");
    expect(kims).toEqual(["first", "later", "last", "the very last"]);
  });
});

describe("a file that comes slowly", () => {
  it("keeps nobody waiting but its own conversation", async () => {
    const { shop, path } = await aConnection();
    const slow = { type: "document", url: `http://${host}/slow.txt`, name: "slow.txt" };
    for (const each of ["a", "b", "c", "d", "e", "f", "g"]) await say(path, each, "with a file", [slow]);
    await say(path, "a", "after the file");
    await pause(1_500);
    await say(path, "kim", "Hello");
    await until(async () => (await said(shop)).includes("Hello"), 3);
    expect(await said(shop)).toEqual(["Hello"]);
    await until(async () => (await said(shop)).length === 9, 15);
    const texts = await said(shop);
    expect(texts.indexOf("after the file")).toBeGreaterThan(texts.indexOf("with a file"));
  });

  it("comes beside the others of its message", async () => {
    const { shop, path } = await aConnection();
    const slow = Array.from({ length: 4 }, (_, n) => ({
      type: "document",
      url: `http://${host}/slow.txt`,
      name: `slow-${n}.txt`,
    }));
    const began = Date.now();
    await say(path, "kim", "Four files", slow);
    await until(async () => (await said(shop)).length === 1, 14);
    expect(Date.now() - began).toBeLessThan(12_000);
    const [message] = await read<{ names: string[] }>(
      shop.companyId,
      "SELECT ARRAY(SELECT a->>'name' FROM jsonb_array_elements(attachments) AS a) AS names FROM message WHERE author_kind = 'customer'",
    );
    expect(message?.names).toEqual(slow.map(({ name }) => name));
  });
});

describe("one message of several in a delivery", () => {
  it("that cannot be read is put aside by itself, and comes alone when it is read again", async () => {
    const shop = await stage.shop();
    const settings = settingsOf("mark").whatsapp;
    const { id, path } = await connect(stage, shop, "whatsapp", settings);
    const from = (phone: string, body: unknown) => ({
      from: phone,
      id: `wamid.${phone}`,
      timestamp: String(Math.floor(Date.now() / 1_000)),
      type: "text",
      text: { body },
    });
    const body = {
      object: "whatsapp_business_account",
      entry: [
        {
          id: settings.businessAccountId,
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "1", phone_number_id: settings.phoneNumberId },
                contacts: [{ wa_id: 17 }, { wa_id: "49151000002", profile: { name: "Lou" } }],
                messages: [from("49151000001", { odd: true }), from("49151000002", "Hello")],
              },
            },
          ],
        },
      ],
    };
    const { headers, rawBody } = signedByMeta(body, settings.appSecret ?? "");
    const delivery = { headers: Object.fromEntries(headers), body: rawBody.toString() };
    expect(await post(stage, path, delivery)).toBe(200);
    await until(async () => (await said(shop)).length === 1);
    expect(await said(shop)).toEqual(["Hello"]);
    const list = await until(async () => {
      const at = `/api/admin/connections/${id}/quarantine`;
      const { body: page } = await stage.ask<{ deliveries: { id: string; reason: string }[] }>(
        "GET",
        at,
        shop.owner.cookie,
      );
      return page.deliveries.length > 0 && page.deliveries;
    });
    expect(list).toMatchObject([{ reason: expect.stringMatching(/^1 of 2 parts could not be read/) }]);
    const replay = `/api/admin/connections/${id}/quarantine/${list[0]?.id}/replay`;
    expect((await stage.ask("POST", replay, shop.owner.cookie)).status).toBe(204);
    await until(async () => (await waiting(shop)).length === 0);
    expect(await said(shop)).toEqual(["Hello"]);
  });
});

async function aConnection() {
  const shop = await stage.shop();
  return { shop, ...(await connect(stage, shop, "custom", { secret, endpoint: "https://127.0.0.1/" })) };
}

async function say(path: string, who: string, content: string, attachments?: unknown[]): Promise<void> {
  const message = { id: crypto.randomUUID(), sender: { id: who }, content, attachments };
  expect(await post(stage, path, customMessage(secret, message))).toBe(200);
}

async function said({ companyId }: Shop): Promise<string[]> {
  const rows = await read<{ text: string }>(
    companyId,
    "SELECT text FROM message WHERE author_kind = 'customer' ORDER BY created_at, seq",
  );
  return rows.map(({ text }) => text);
}

/** How often each of those that wait was tried, in the order in which they came. */
async function waiting({ companyId }: Shop): Promise<number[]> {
  const rows = await read<{ attempts: number }>(
    companyId,
    "SELECT attempts FROM webhook_delivery WHERE state = 'received' AND next_at IS NOT NULL ORDER BY n",
  );
  return rows.map(({ attempts }) => attempts);
}

async function hurry({ companyId }: Shop, connectionId: string): Promise<void> {
  await admin.query("UPDATE webhook_delivery SET next_at = now() WHERE next_at > now()");
  await webhookJobs["webhook.handle"]?.({ companyId, connectionId });
}

/** Has the database refuse messages that say this, for as long as `work` goes on. */
async function refusing(text: string, work: () => Promise<void>): Promise<void> {
  await admin.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN IF NEW.text = '${text}' THEN RAISE 'refused'; END IF; RETURN NEW; END $$`,
  );
  await admin.query("CREATE TRIGGER refused BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse()");
  try {
    await work();
  } finally {
    await admin.query("DROP TRIGGER refused ON message");
    await admin.query("DROP FUNCTION refuse");
  }
}
