import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  logOf,
  openChannelStage,
  until,
} from "#support/channel-stage";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";
import { base, kimSays, save, viewOf } from "./connection-desk.ts";

type AuditRow = { action: string; object: string; detail: unknown; actor: unknown };

const secret = aCustomSecret();
const botToken = "123456789:AAbbCCddEEffGGhhIIjj";
let receiver: FakeReceiver;
let telegram: FakeTelegram;
let stage: ChannelStage;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
  telegram = await startFakeTelegram(botToken);
  stage = await openChannelStage({
    OUTBOUND_PRIVATE_HOSTS: receiver.host,
    TELEGRAM_API_ROOT: telegram.outside.bases.telegramApi,
    // Telegram delivers to no other.
    PUBLIC_BASE_URL: "https://help.example.com",
  });
});
afterAll(async () => {
  await stage.close();
  await telegram.close();
  await receiver.close();
});

describe("trying a connection", () => {
  it("proves the credentials with a real call, keeps whose they are, and remembers what failed", async () => {
    const shop = await stage.shop();
    const wrong = { botToken: "123456789:not-the-right-one", webhookSecret: "abc" };
    const { id } = await connect(stage, shop, "telegram", wrong);
    const failed = await stage.ask<{ ok: boolean }>("POST", `${base}/${id}/check`, shop.owner.cookie);
    expect([failed.status, failed.body.ok]).toEqual([200, false]);
    const { lastError } = (await viewOf(stage, shop, id)).health;
    expect(lastError?.words).toMatch(/Telegram .*(credentials|token)/i);

    await save(stage, shop, id, { settings: { botToken } });
    const good = await stage.ask<{ ok: boolean }>("POST", `${base}/${id}/check`, shop.owner.cookie);
    expect([good.status, good.body.ok]).toEqual([200, true]);
    const view = await viewOf(stage, shop, id);
    expect(view.account).toMatch(/^@\w+/);
    expect(view.health.lastError).toBeUndefined();
  });

  it("tells a platform where to deliver, where the platform takes that", async () => {
    const shop = await stage.shop();
    const { id, webhookUrl } = await connect(stage, shop, "telegram", { botToken });
    const set = await stage.ask<{ ok: boolean }>("POST", `${base}/${id}/setup`, shop.owner.cookie);
    expect([set.status, set.body.ok]).toEqual([200, true]);
    expect(telegram.webhook.url).toBe(webhookUrl);

    const own = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    const refused = await stage.ask("POST", `${base}/${own.id}/setup`, shop.owner.cookie);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("in its own console")]);
  });

  it("brings a connection whose credentials were refused back to life when they are mended", async () => {
    const shop = await stage.shop();
    const { id, path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    receiver.play({ is: "answer", status: 410 });
    await kimSays(stage, path, secret);
    await until(async () => (await viewOf(stage, shop, id)).state === "revoked");
    expect((await viewOf(stage, shop, id)).health.lastError?.words).toContain("disabled");
    await save(stage, shop, id, { settings: { secret } });
    expect((await viewOf(stage, shop, id)).state).toBe("active");
  });

  it("shows each step of a test delivery, and keeps nothing of it", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    const tested = await stage.ask<{
      steps: { name: string; ok: boolean }[];
      message: unknown;
      reply: string;
    }>("POST", `${base}/${id}/test`, shop.owner.cookie, { text: "Is anybody there?" });
    expect(tested.body.steps.map(({ name, ok }) => [name, ok])).toEqual(
      ["Signature", "Reading", "Answer", "Credentials"].map((name) => [name, true]),
    );
    expect(tested.body.message).toEqual({ sender: "Test customer", text: "Is anybody there?" });
    expect(tested.body.reply).not.toBe("");
    expect(await logOf(shop.companyId)).toEqual([]);
    expect((await viewOf(stage, shop, id)).health.lastReceivedAt).toBeUndefined();
  });
});

describe("who may see and change connections", () => {
  it("are owners and admins, and keys of the scope admin; operators are not", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    const [operator, admin] = [await stage.colleague(shop), await stage.colleague(shop, "admin")];
    const asks: [string, string, unknown?][] = [
      ["GET", base],
      [
        "POST",
        base,
        { channel: "custom", name: "Mine", agentId: shop.agentId, settings: { endpoint: receiver.url } },
      ],
      ["GET", `${base}/${id}`],
      ["PATCH", `${base}/${id}`, { name: "Mine" }],
      ["POST", `${base}/${id}/check`],
      ["POST", `${base}/${id}/setup`],
      ["POST", `${base}/${id}/test`, { text: "Hello" }],
      ["GET", `${base}/${id}/undelivered`],
      ["GET", `${base}/${id}/quarantine`],
      ["POST", `${base}/${id}/quarantine/${shop.agentId}/replay`],
      ["DELETE", `${base}/${id}`],
    ];
    for (const [method, path, body] of asks) {
      const { status } = await stage.ask(method, path, operator.cookie, body);
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    expect((await viewOf(stage, shop, id)).name).toBe("Our custom");
    for (const who of [admin.cookie, shop.key]) {
      expect((await stage.ask("GET", `${base}/${id}`, who)).status).toBe(200);
      expect((await stage.ask("PATCH", `${base}/${id}`, who, { name: "Another" })).status).toBe(200);
    }
  });
});

describe("the audit log", () => {
  it("says who connected, changed and removed what, and no value of it", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    await save(stage, shop, id, { name: "Our shop", settings: { secret: aCustomSecret() } });
    await stage.ask("DELETE", `${base}/${id}`, shop.owner.cookie);
    const { body } = await stage.ask<{ entries: AuditRow[] }>("GET", "/api/admin/audit", shop.owner.cookie);
    const entries = body.entries.filter(({ object }) => object === id);
    expect(entries).toMatchObject([
      { action: "connection.removed" },
      { action: "connection.saved", detail: { fields: ["name", "settings"] } },
      { action: "connection.created", detail: { channel: "custom" }, actor: { id: shop.owner.who.userId } },
    ]);
    expect(JSON.stringify(entries)).not.toContain("whsec_");
  });
});
