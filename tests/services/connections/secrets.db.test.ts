import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlatformName } from "#contracts/channel";
import { channelOf } from "#services/channels";
import { jobHandlers } from "#services/chat";
import { webhookJobs } from "#services/webhooks";
import {
  type ChannelStage,
  type Connected,
  connect,
  logOf,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { lookBehind } from "#support/database";
import { platforms, settingsOf } from "#support/every-platform";
import type { Shop } from "#support/stage";
import { captureLines } from "./captured-lines.ts";
import { base } from "./connection-desk.ts";
import { type HostilePlatform, moods, startHostilePlatform } from "./hostile-platform.ts";

const mark = "PLAINLYSECRET";
let hostile: HostilePlatform;
let stage: ChannelStage;
let admin: pg.Client;
let lines: string[];
beforeAll(async () => {
  hostile = await startHostilePlatform();
  stage = await openChannelStage({
    NODE_ENV: "test",
    OUTBOUND_PRIVATE_HOSTS: hostile.host,
    META_GRAPH_BASE_URL: hostile.url,
    TELEGRAM_API_ROOT: hostile.url,
    SLACK_API_URL: hostile.url,
    TWILIO_API_BASE_URL: hostile.url,
    TEAMS_LOGIN_BASE_URL: hostile.url,
    TEAMS_OPENID_METADATA_URL: `${hostile.url}/keys`,
  });
  admin = await lookBehind(stage.database);
  // Each step is taken by the tests themselves, under the mood of the moment.
  await stage.stopJobs();
  lines = captureLines();
});
afterAll(async () => {
  await admin.end();
  await stage.close();
  await hostile.close();
});

describe.each(platforms)("the secrets of %s", (channel) => {
  it("stand in no answer and no line of the log, whatever the platform and the database do", async () => {
    const shop = await stage.shop();
    const settings = settingsOf(mark, `${hostile.url}/baton`)[channel];
    const connected = await connect(stage, shop, channel, settings);
    const { id, path } = connected;
    const said: string[] = [];
    const ask = async (method: string, rest = "", body?: unknown) => {
      const { status, text } = await stage.ask(method, `${base}${rest}`, shop.owner.cookie, body);
      said.push(`${method} ${rest} ${status} ${text}`);
      return status;
    };
    const from = { lines: lines.length, asked: hostile.asked() };

    for (const mood of moods) {
      hostile.mood = mood;
      expect([mood, await ask("POST", `/${id}/check`)]).toEqual([mood, 200]);
      expect([mood, await ask("POST", `/${id}/setup`)]).toEqual([mood, expect.toBeOneOf([200, 400])]);
      expect([mood, await ask("POST", `/${id}/test`, { text: "Hello" })]).toEqual([
        mood,
        expect.toBeOneOf([200, 400]),
      ]);
      await answerThere(shop, channel, connected, mood);
      for (const rest of ["", `/${id}`, `/${id}/undelivered`, `/${id}/quarantine`]) await ask("GET", rest);
      for (const { conversationId } of (await logOf(shop.companyId)).slice(0, 1)) {
        const at = `/api/agent/conversations/${conversationId}`;
        for (const rest of ["", "/templates"])
          said.push((await stage.ask("GET", `${at}${rest}`, shop.key)).text);
      }
    }
    expect(hostile.asked() - from.asked).toBeGreaterThan(moods.length);

    // What is wrong is told without what was entered.
    for (const [name, value] of Object.entries(settings)) {
      if (!isSecret(value)) continue;
      const changed = await ask("PATCH", `/${id}`, { settings: { [name]: `${mark} "is" no good\u0007` } });
      if (changed === 200) expect([name, await ask("POST", `/${id}/check`)]).toEqual([name, 200]);
      const long = { ...settings, [name]: mark.repeat(90) };
      await ask("POST", "", { channel, name: "x", agentId: shop.agentId, settings: long });
    }
    await ask("PATCH", `/${id}`, { settings: { [`${channel}Unknown`]: mark } });
    await ask("PATCH", `/${id}`, { settings: mark });
    await admin.query("ALTER TABLE connection ADD CONSTRAINT refused CHECK (name <> 'refused')");
    expect(await ask("PATCH", `/${id}`, { name: "refused", settings })).toBe(500);
    expect(await ask("POST", "", { channel, name: "refused", agentId: shop.agentId, settings })).toBe(500);
    await admin.query("ALTER TABLE connection DROP CONSTRAINT refused");
    await stage.ask("POST", path, { "x-hub-signature-256": "sha256=00" }, { forged: true });
    await stage.ask("GET", `${path}?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1`);
    said.push((await stage.ask("GET", "/api/admin/audit", shop.owner.cookie)).text);
    expect(await ask("DELETE", `/${id}`)).toBe(204);

    // The failures above were logged: the silence below means something.
    expect(lines.slice(from.lines).join("\n")).toContain("request failed");
    for (const text of [...said, ...lines.slice(from.lines)]) {
      for (const secret of formsOf(settings, channel)) expect(text).not.toContain(secret);
    }
  });

  it("stand in no row of any table as they are", async () => {
    const shop = await stage.shop();
    const settings = settingsOf(mark, `${hostile.url}/baton`)[channel];
    const { id } = await connect(stage, shop, channel, settings);
    await stage.ask("PATCH", `${base}/${id}`, shop.owner.cookie, { settings });
    hostile.mood = "refuses";
    await stage.ask("POST", `${base}/${id}/check`, shop.owner.cookie);
    const { rows } = await admin.query<{ name: string }>(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)",
    );
    expect(rows.length).toBeGreaterThan(30);
    for (const { name } of rows) {
      const found = await admin.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const whole = found.rows.map(({ text }) => text).join("\n");
      for (const secret of formsOf(settings, channel))
        expect([name, whole.includes(secret)]).toEqual([name, false]);
    }
    const sealed = await admin.query<{ sealed: string }>("SELECT sealed FROM connection WHERE id = $1", [id]);
    expect(sealed.rows[0]?.sealed).toMatch(/^[0-9a-f]{8}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  });
});

/** Has a customer write, where we can sign as the platform, and an operator answer, which the platform will not take. */
async function answerThere(shop: Shop, channel: PlatformName, connected: Connected, mood: string) {
  const { companyId } = shop;
  const config = settingsOf(mark, `${hostile.url}/baton`)[channel];
  const place = { webhookUrl: connected.webhookUrl, now: new Date(), id: crypto.randomUUID() };
  const sample = channelOf(channel).sample?.("Hello", config, place);
  if (sample === undefined) return;
  const delivery = { headers: Object.fromEntries(sample.headers), body: sample.rawBody.toString() };
  expect([mood, await post(stage, connected.path, delivery)]).toEqual([mood, 200]);
  await webhookJobs["webhook.handle"]?.({ companyId, connectionId: connected.id });
  const [{ conversationId } = { conversationId: "" }] = await logOf(companyId);
  const at = `/api/agent/conversations/${conversationId}`;
  await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
  // What was put off, or refused unasked, would keep this mood from being met.
  const inOrder = async () => {
    await admin.query("UPDATE delivery SET state = 'failed' WHERE company_id = $1 AND state = 'waiting'", [
      companyId,
    ]);
    await admin.query("UPDATE connection SET state = 'active' WHERE company_id = $1", [companyId]);
  };
  await inOrder();
  const reply = { clientId: mood.replaceAll(" ", "-"), text: "An answer" };
  const sent = await stage.ask<{ messageId: string }>("POST", `${at}/send`, shop.owner.cookie, reply);
  // It may have to wait for its turn.
  await until(async () => {
    await jobHandlers["message.deliver"]?.({ companyId, conversationId });
    const tried = "SELECT 1 FROM delivery WHERE message_id = $1 AND attempts > 0";
    return (await admin.query(tried, [sent.body.messageId])).rows.length === 1;
  });
  await inOrder();
}

function isSecret(value: string): boolean {
  return value.includes(mark) || value.startsWith("whsec_");
}

/** Each secret, and the forms in which it travels. */
function formsOf(settings: Record<string, string>, channel: PlatformName): string[] {
  const secrets = Object.values(settings).filter(isSecret);
  const { accountSid = "", authToken = "" } = settings;
  const basic = channel === "sms" ? [Buffer.from(`${accountSid}:${authToken}`).toString("base64")] : [];
  return [
    mark,
    ...basic,
    ...secrets.flatMap((secret) => [
      secret.replace("whsec_", ""),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64").replace(/=+$/, ""),
      Buffer.from(secret).toString("base64url"),
    ]),
  ];
}
