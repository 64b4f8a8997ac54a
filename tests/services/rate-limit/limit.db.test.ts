import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "#lib/ids";
import { forget } from "#lib/registry";
import { type Counts, closeRateLimits, limit } from "#services/rate-limit";
import { type RedisServer, startRedis } from "#support/redis-server";

const refused = (counts: Counts) =>
  limit(counts).then(
    () => false,
    (error) => {
      expect(error).toMatchObject({ code: "rate_limited" });
      return true;
    },
  );

async function admitted(times: number, counts: () => Counts): Promise<number> {
  const tries = await Promise.all(Array.from({ length: times }, () => refused(counts())));
  return tries.filter((no) => !no).length;
}

function begin(redisUrl: string | undefined): void {
  Object.assign(process.env, {
    RATE_COMPANY_PER_MINUTE: "40",
    RATE_SESSION_PER_MINUTE: "30",
    RATE_IP_PER_MINUTE: "100",
  });
  if (redisUrl === undefined) delete process.env.REDIS_URL;
  else process.env.REDIS_URL = redisUrl;
  forget("env");
}

describe.each(["memory", "redis"])("limits counted in %s", (where) => {
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (where === "redis") redis = await startRedis(tmpdir());
  });
  afterAll(async () => redis?.stop());
  beforeEach(async () => {
    begin(redis?.url);
    await closeRateLimits();
    // The connection opens at the first look; until it stands, memory counts.
    await limit({ company: newId() });
    await pause(where === "redis" ? 200 : 0);
  });

  it("admit exactly the limit under 64 racers", async () => {
    const [company, session] = [newId(), newId()];
    expect(await admitted(64, () => ({ session }))).toBe(30);
    expect(await admitted(64, () => ({ company }))).toBe(40);
  });

  it("say how long to wait", async () => {
    const session = newId();
    await admitted(30, () => ({ session }));
    await expect(limit({ session })).rejects.toMatchObject({
      retryAfter: expect.any(Number),
      details: { level: "session" },
    });
    const { retryAfter } = await limit({ session }).catch((error) => error);
    expect(retryAfter).toBeGreaterThan(50);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it("do not let one noisy session use up its company", async () => {
    const [company, session] = [newId(), newId()];
    for (let round = 0; round < 10; round += 1) await admitted(20, () => ({ company, session }));
    await pause(100);
    expect(await admitted(30, () => ({ company, session: newId() }))).toBe(10);
  });

  it("count a whole IPv6 network as one address", async () => {
    const network = `2001:db8:${Math.floor(Math.random() * 65_535).toString(16)}:1`;
    let host = 0;
    expect(await admitted(128, () => ({ ip: `${network}::${(host++).toString(16)}` }))).toBe(100);
  });
});

describe("limits while Redis is away", () => {
  it("go on counting in the process", async () => {
    const redis = await startRedis(tmpdir());
    begin(redis.url);
    await closeRateLimits();
    await limit({ company: newId() });
    await pause(200);
    await redis.stop();
    const session = newId();
    expect(await admitted(64, () => ({ session }))).toBe(30);
    await closeRateLimits();
  });
});
