import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#lib/ids";
import { forget } from "#lib/registry";
import { isOldSeal, seal } from "#lib/sealed";
import { rotateSecrets } from "#services/connections";
import { aCustomSecret, type ChannelStage, connect, openChannelStage, until } from "#support/channel-stage";
import { lookBehind } from "#support/database";
import type { Shop } from "#support/stage";
import { base, kimSays } from "./connection-desk.ts";

const [first, second, third] = ["first", "second", "third"].map(
  (name) => `the ${name} secret of this installation`,
) as [string, string, string];

let stage: ChannelStage;
let admin: pg.Client;
beforeAll(async () => {
  stage = await openChannelStage();
  await stage.stopJobs();
  admin = await lookBehind(stage.database);
});
afterEach(async () => {
  await admin.query("DELETE FROM connection");
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

describe("sealed secrets", () => {
  it("open for the row that they were sealed for, and for no other", async () => {
    installation(first);
    const shop = await stage.shop();
    const [own, other] = [await aConnection(shop), await aConnection(await stage.shop())];
    const beside = await aConnection(shop);
    for (const from of [other, beside]) {
      const kept = await sealedOf(own.id);
      await admin.query("UPDATE connection SET sealed = $1 WHERE id = $2", [await sealedOf(from.id), own.id]);
      expect(await stateOf(shop, own.id)).toBe("locked");
      for (const secret of [own.secret, from.secret])
        expect(await kimSays(stage, own.path, secret)).toBe(503);
      await admin.query("UPDATE connection SET sealed = $1 WHERE id = $2", [kept, own.id]);
      expect(await kimSays(stage, own.path, own.secret)).toBe(200);
    }
  });

  it("do not open when a single character of them was changed", async () => {
    installation(first);
    const shop = await stage.shop();
    const own = await aConnection(shop);
    const sealed = await sealedOf(own.id);
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === "b" ? "c" : "b"}${sealed.slice(at + 1)}`;
      await admin.query("UPDATE connection SET sealed = $1 WHERE id = $2", [changed, own.id]);
      expect([at, await stateOf(shop, own.id)]).toEqual([at, "locked"]);
    }
  });

  it("are never the same text twice", async () => {
    installation(first);
    const shop = await stage.shop();
    const secret = aCustomSecret();
    const [one, other] = [await aConnection(shop, secret), await aConnection(shop, secret)];
    expect(await sealedOf(one.id)).not.toBe(await sealedOf(other.id));
  });
});

describe("an installation that was given another BATON_SECRET", () => {
  it("says in words what is wrong wherever the credentials are needed, loses nothing, and goes on when it is mended", async () => {
    installation(first);
    const shop = await stage.shop();
    const { id, path, secret } = await aConnection(shop);
    installation(second);
    const asks = [
      ["PATCH", `${base}/${id}`, { settings: { endpoint: "https://example.com" } }],
      ["POST", `${base}/${id}/check`],
      ["POST", `${base}/${id}/setup`],
      ["POST", `${base}/${id}/test`, { text: "Hello" }],
    ] as const;
    for (const [method, where, body] of asks) {
      const answer = await stage.ask<{ error: { code: string; message: string } }>(
        method,
        where,
        shop.key,
        body,
      );
      expect([method, where, answer.status]).toEqual([method, where, 503]);
      expect(answer.body.error).toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("BATON_SECRET"),
      });
    }
    expect(await stateOf(shop, id)).toBe("locked");
    // Its platform will deliver it again.
    expect(await kimSays(stage, path, secret)).toBe(503);
    installation(first);
    expect((await ask(shop, id)).status).toBe(200);
    expect(await kimSays(stage, path, secret)).toBe(200);
  });
});

describe("a connection whose secrets cannot be opened", () => {
  it("is shown among the others, and works again once all its secrets are entered anew", async () => {
    installation(first);
    const shop = await stage.shop();
    const [broken, sound] = [await aConnection(shop), await aConnection(shop)];
    await admin.query("UPDATE connection SET sealed = $1 WHERE id = $2", [
      await sealedOf(sound.id),
      broken.id,
    ]);
    const list = await stage.ask<{ connections: { id: string; state: string }[] }>("GET", base, shop.key);
    expect(list.body.connections).toMatchObject([
      { id: broken.id, state: "locked" },
      { id: sound.id, state: "active" },
    ]);
    // Asked for at once, the one does not fail for the other.
    const both = [kimSays(stage, broken.path, broken.secret), kimSays(stage, sound.path, sound.secret)];
    expect(await Promise.all(both)).toEqual([503, 200]);
    for (const part of ["quarantine", "undelivered"])
      expect((await stage.ask("GET", `${base}/${broken.id}/${part}`, shop.key)).status).toBe(200);

    const secret = aCustomSecret();
    const saved = await stage.ask("PATCH", `${base}/${broken.id}`, shop.key, { settings: { secret } });
    expect(saved.status, saved.text).toBe(200);
    expect(await stateOf(shop, broken.id)).toBe("active");
    expect(await kimSays(stage, broken.path, secret)).toBe(200);
  });
});

describe("a new BATON_SECRET with the old one beside it", () => {
  it("opens all there is, and after the rotation needs the old one no more", async () => {
    installation(first);
    const shops = [await stage.shop(), await stage.shop()];
    const all = [];
    for (const shop of [...shops, ...shops]) all.push({ shop, ...(await aConnection(shop)) });
    installation(second, first);
    for (const { path, secret } of all) expect(await kimSays(stage, path, secret)).toBe(200);
    expect(await rotateSecrets()).toBe(4);
    expect(await rotateSecrets()).toBe(0);
    installation(second);
    for (const { path, secret, id, shop } of all) {
      expect(await kimSays(stage, path, secret)).toBe(200);
      expect((await ask(shop, id)).status).toBe(200);
    }
    installation(first);
    for (const { path, secret } of all) expect(await kimSays(stage, path, secret)).toBe(503);
  });

  it("is rotated once by processes that rotate at the same time, however many there are", async () => {
    installation(first);
    const { companyId, agentId } = await stage.shop();
    const ids = Array.from({ length: 450 }, () => newId());
    const sealed = ids.map((id) => seal('{"secret":"s"}', `${companyId}/connection/${id}`));
    await admin.query(
      `INSERT INTO connection (id, company_id, agent_id, channel, name, webhook_id, sealed)
       SELECT id, $1, $2, 'custom', 'x', id, sealed FROM unnest($3::uuid[], $4::text[]) AS given (id, sealed)`,
      [companyId, agentId, ids, sealed],
    );
    installation(second, first);
    const counts = await Promise.all([rotateSecrets(), rotateSecrets(), rotateSecrets()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
    for (const id of ids) expect(isOldSeal(await sealedOf(id))).toBe(false);
  });

  it("never puts an old secret over one that somebody saves meanwhile", async () => {
    installation(first);
    const shop = await stage.shop();
    const { id, path, secret } = await aConnection(shop);
    installation(second, first);
    const newer = aCustomSecret();
    // Both have read what is there before either may write, the one who saves first.
    await admin.query("BEGIN");
    await admin.query("SELECT 1 FROM connection WHERE id = $1 FOR UPDATE", [id]);
    const saved = stage.ask("PATCH", `${base}/${id}`, shop.key, { settings: { secret: newer } });
    await until(async () => (await waiting()) === 1);
    const rotated = rotateSecrets();
    await until(async () => (await waiting()) === 2);
    await admin.query("COMMIT");
    expect([(await saved).status, await rotated]).toEqual([200, 0]);
    installation(second);
    expect([await kimSays(stage, path, newer), await kimSays(stage, path, secret)]).toEqual([200, 401]);
  });

  it("keeps every save of many while it goes on", async () => {
    installation(first);
    const shop = await stage.shop();
    const all = await Promise.all(Array.from({ length: 6 }, () => aConnection(shop)));
    installation(third, first);
    const newest = new Map<string, string>();
    const rotating = (async () => {
      let changed = 0;
      for (let n = 0; n < 6; n += 1) changed += await rotateSecrets();
      return changed;
    })();
    await Promise.all(
      all.map(async ({ id }) => {
        for (let n = 0; n < 3; n += 1) {
          const secret = aCustomSecret();
          const { status } = await stage.ask("PATCH", `${base}/${id}`, shop.key, { settings: { secret } });
          expect(status).toBe(200);
          newest.set(id, secret);
        }
      }),
    );
    await rotating;
    installation(third);
    for (const { id, path } of all) expect(await kimSays(stage, path, newest.get(id) ?? "")).toBe(200);
  });
});

/** Gives this process its secrets, as if it had started with them. */
function installation(secret: string, previous = ""): void {
  process.env.BATON_SECRET = secret;
  process.env.BATON_SECRET_PREVIOUS = previous;
  for (const name of ["env", "connections.configs"]) forget(name);
}

/** A connection, asked for by key: who is signed in by cookie is not, once the secret changes. */
async function aConnection(shop: Shop, secret = aCustomSecret()) {
  const keyed = { ...shop, owner: { ...shop.owner, cookie: shop.key } };
  const { id, path } = await connect(stage, keyed, "custom", { secret, endpoint: "https://shop.example/" });
  return { id, path, secret };
}

async function stateOf(shop: Shop, id: string): Promise<string> {
  const { body } = await stage.ask<{ state: string }>("GET", `${base}/${id}`, shop.key);
  return body.state;
}

function ask(shop: Shop, id: string) {
  return stage.ask("GET", `${base}/${id}`, shop.key);
}

async function sealedOf(id: string): Promise<string> {
  const { rows } = await admin.query<{ sealed: string }>("SELECT sealed FROM connection WHERE id = $1", [id]);
  return rows[0]?.sealed ?? "";
}

/** How many wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await admin.query<{ many: number }>(
    "SELECT count(*)::int AS many FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows[0]?.many ?? 0;
}
