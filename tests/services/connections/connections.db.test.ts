import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  logOf,
  openChannelStage,
  until,
} from "#support/channel-stage";
import { platforms, settingsOf } from "#support/every-platform";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import { base, kimSays, listOf, refusedSettings, save, viewOf } from "./connection-desk.ts";

type Undelivered = { snippet: string; state: string; words: string };

const secret = aCustomSecret();
let receiver: FakeReceiver;
let stage: ChannelStage;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
  stage = await openChannelStage({ OUTBOUND_PRIVATE_HOSTS: receiver.host });
});
afterAll(async () => {
  await stage.close();
  await receiver.close();
});

describe("connecting a platform", () => {
  it.each(platforms)(
    "%s: keeps its settings, and shows of its secrets no more than that they are set",
    async (channel) => {
      const shop = await stage.shop();
      const given = settingsOf("a-mark-of-mine")[channel];
      const { id, webhookUrl, chosen } = await connect(stage, shop, channel, given);
      expect(chosen).toEqual({});
      const view = await viewOf(stage, shop, id);
      expect(view).toMatchObject({ channel, state: "active", agent: { id: shop.agentId }, webhookUrl });
      expect(webhookUrl).toMatch(
        new RegExp(`/api/webhooks/${shop.companyId}/${shop.agentId}/${channel}/[\\w-]{40,}$`),
      );
      for (const [name, value] of Object.entries(given)) {
        const kept = view.settings[name] ?? view.secrets[name];
        expect([name, kept]).toEqual([
          name,
          name in view.secrets ? { set: true, ending: value.slice(-4) } : value,
        ]);
      }
    },
  );

  it("chooses the secrets that are Baton's to choose, shows them once, and works with them", async () => {
    const shop = await stage.shop();
    const made = await connect(stage, shop, "custom", { endpoint: receiver.url });
    expect(Object.keys(made.chosen)).toEqual(["secret"]);
    const chosen = made.chosen.secret ?? "";
    expect(await kimSays(stage, made.path, chosen)).toBe(200);
    const again = await stage.ask("GET", `${base}/${made.id}`, shop.owner.cookie);
    expect(again.text).not.toContain(chosen);

    const { verifyToken: _, ...withoutToken } = settingsOf("mark").whatsapp;
    const whatsapp = await connect(stage, shop, "whatsapp", withoutToken);
    const verifyToken = whatsapp.chosen.verifyToken ?? "";
    expect(verifyToken.length).toBeGreaterThan(30);
    const query = `hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1158201444`;
    expect((await stage.ask("GET", `${whatsapp.path}?${query}`)).text).toBe("1158201444");
  });

  it("never chooses a secret that only the platform knows", async () => {
    const { botToken: _, ...withoutToken } = settingsOf("mark").telegram;
    expect(await refusedSettings(stage, "telegram", withoutToken)).toEqual({
      "settings.botToken": "Bot token is missing.",
    });
  });

  it.each([
    ["whatsapp", { phoneNumberId: "" }, { phoneNumberId: /^Phone number ID is missing\.$/ }],
    [
      "whatsapp",
      { accessToken: "  ", appSecret: "" },
      { accessToken: /^Access token is/, appSecret: /^App secret is/ },
    ],
    ["whatsapp", { accessToken: "x".repeat(501) }, { accessToken: /^Access token is too long\.$/ }],
    ["telegram", { botToken: "nonsense" }, { botToken: /bot token is a number/i }],
    [
      "telegram",
      { webhookSecret: "has a space" },
      { webhookSecret: /^Webhook secret: Use 1 to 256 letters/ },
    ],
    ["slack", { teamId: "" }, { teamId: /^Workspace ID is missing\.$/ }],
    ["teams", { appId: "1", tenantId: "2" }, { appId: /Microsoft App ID has/, tenantId: /tenant ID has/ }],
    [
      "sms",
      { accountSid: "AC1", from: "5" },
      { accountSid: /account SID is AC/, from: /^Number or messaging/ },
    ],
    [
      "custom",
      { endpoint: "ftp://x", secret: "short" },
      { endpoint: /^Endpoint: Enter/, secret: /^Signing secret: A/ },
    ],
    ["custom", { surprise: "1" }, { surprise: /has no setting "surprise"/ }],
  ] as const)("%s: names what is wrong with %o, each in words", async (channel, wrong, expected) => {
    const fields = await refusedSettings(stage, channel, { ...settingsOf("mark")[channel], ...wrong });
    expect(fields).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([name, words]) => [`settings.${name}`, expect.stringMatching(words)]),
      ),
    );
  });

  it("is for an agent of the company alone", async () => {
    const [shop, other] = [await stage.shop(), await stage.shop()];
    const body = {
      channel: "custom",
      name: "Shop",
      agentId: other.agentId,
      settings: { endpoint: receiver.url },
    };
    expect((await stage.ask("POST", base, shop.owner.cookie, body)).status).toBe(404);
    expect((await listOf(stage, shop)).length).toBe(0);
  });
});

describe("changing a connection", () => {
  it("leaves a secret that is left out or empty as it is, and takes a new one at once", async () => {
    const shop = await stage.shop();
    const { id, path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    for (const settings of [{ secret: "" }, { secret: "  " }, { endpoint: `${receiver.url}?more` }]) {
      const { status, body } = await save(stage, shop, id, { settings });
      expect([status, body.secrets.secret?.set]).toEqual([200, true]);
      expect(await kimSays(stage, path, secret)).toBe(200);
    }
    expect((await viewOf(stage, shop, id)).settings.endpoint).toBe(`${receiver.url}?more`);

    const newer = aCustomSecret();
    await save(stage, shop, id, { settings: { secret: newer } });
    expect([await kimSays(stage, path, newer), await kimSays(stage, path, secret)]).toEqual([200, 401]);
  });

  it("removes a secret that is not needed when it is emptied", async () => {
    const shop = await stage.shop();
    const [old, newer] = [aCustomSecret(), aCustomSecret()];
    const settings = { secret: newer, previousSecret: old, endpoint: receiver.url };
    const { id, path } = await connect(stage, shop, "custom", settings);
    expect([await kimSays(stage, path, old), await kimSays(stage, path, newer)]).toEqual([200, 200]);
    const { body } = await save(stage, shop, id, { settings: { previousSecret: "" } });
    expect(body.secrets).toMatchObject({ secret: { set: true }, previousSecret: { set: false } });
    expect([await kimSays(stage, path, old), await kimSays(stage, path, newer)]).toEqual([401, 200]);
  });

  it("keeps what each of two has entered who save at the same time", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "whatsapp", settingsOf("mark").whatsapp);
    for (let round = 0; round < 8; round += 1) {
      const saved = await Promise.all([
        save(stage, shop, id, { settings: { accessToken: `a-long-access-token-${1_000 + round}` } }),
        save(stage, shop, id, { settings: { appSecret: `a-long-app-secret-${2_000 + round}` } }),
      ]);
      expect(saved.map(({ status }) => status)).toEqual([200, 200]);
      const { secrets } = await viewOf(stage, shop, id);
      expect([secrets.accessToken?.ending, secrets.appSecret?.ending]).toEqual([
        `${1_000 + round}`,
        `${2_000 + round}`,
      ]);
    }
  });

  it("changes nothing where anything of it is wrong", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "sms", settingsOf("mark").sms);
    const before = await viewOf(stage, shop, id);
    const wrong = await save(stage, shop, id, {
      name: "Another",
      settings: { from: "nonsense", authToken: "another-token-of-mine" },
    });
    expect(wrong.status).toBe(400);
    expect(await viewOf(stage, shop, id)).toEqual(before);
  });

  it("pauses it: its address is none, and what is written meanwhile fails in words", async () => {
    const shop = await stage.shop();
    const { id, path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    expect(await kimSays(stage, path, secret)).toBe(200);
    const log = await until(async () => {
      const lines = await logOf(shop.companyId);
      return lines.some(({ state }) => state === "sent") && lines;
    });
    await save(stage, shop, id, { state: "paused" });
    expect(await kimSays(stage, path, secret)).toBe(404);
    const at = `/api/agent/conversations/${log[0]?.conversationId}`;
    await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
    await stage.ask("POST", `${at}/send`, shop.owner.cookie, { clientId: "1", text: "Are you there?" });
    const missing = await until(async () => {
      const path = `${base}/${id}/undelivered`;
      const { body } = await stage.ask<{ messages: Undelivered[] }>("GET", path, shop.owner.cookie);
      return body.messages.find(({ snippet }) => snippet === "Are you there?");
    });
    expect(missing).toMatchObject({ state: "failed", words: "This connection is paused." });

    await save(stage, shop, id, { state: "active" });
    expect(await kimSays(stage, path, secret)).toBe(200);
  });
});

describe("removing a connection", () => {
  it("ends its address and keeps its conversations", async () => {
    const shop = await stage.shop();
    const { id, path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    await kimSays(stage, path, secret, "Hello there");
    const [line] = await until(async () => {
      const log = await logOf(shop.companyId);
      return log.some(({ state }) => state === "sent") && log;
    });
    expect((await stage.ask("DELETE", `${base}/${id}`, shop.owner.cookie)).status).toBe(204);
    expect(await kimSays(stage, path, secret)).toBe(404);
    expect(await listOf(stage, shop)).toEqual([]);
    const kept = await stage.ask(
      "GET",
      `/api/agent/conversations/${line?.conversationId}`,
      shop.owner.cookie,
    );
    expect([kept.status, kept.text]).toEqual([200, expect.stringContaining("Hello there")]);
    for (const [method, rest, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "Gone" }],
      ["DELETE", "", undefined],
      ["POST", "/check", undefined],
    ] as const) {
      const { status } = await stage.ask(method, `${base}/${id}${rest}`, shop.owner.cookie, body);
      expect([method, status]).toEqual([method, 404]);
    }
  });

  it("is done once by two who do it at the same time", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    const both = await Promise.all([1, 2].map(() => stage.ask("DELETE", `${base}/${id}`, shop.owner.cookie)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
  });
});
