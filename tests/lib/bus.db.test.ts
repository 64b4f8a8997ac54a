import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bus, memoryBus, redisBus } from "#lib/bus";
import { until } from "#support/readers";
import { type RedisServer, startRedis } from "#support/redis-server";

let redis: RedisServer;
let admin: Redis;
const open: Bus[] = [];

beforeAll(async () => {
  redis = await startRedis(mkdtempSync(join(tmpdir(), "baton-redis-")));
  admin = new Redis(redis.url);
  admin.on("error", () => undefined);
});
afterEach(async () => {
  for (const bus of open.splice(0)) await bus.close();
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});

const makers = { memory: memoryBus, redis: () => redisBus(redis.url) };

function aBus(kind: keyof typeof makers): Bus {
  const bus = makers[kind]();
  open.push(bus);
  return bus;
}

/** Publishes until it is heard: a subscription is not promised to stand at once. */
async function heard(bus: Bus, topic: string, messages: string[]): Promise<void> {
  await until(`${topic} is heard`, () => {
    if (messages.length === 0) bus.publish(topic, "hello");
    return messages.length > 0;
  });
}

describe.each(["memory", "redis"] as const)("the %s bus", (kind) => {
  it("rings for all who listen to a topic, and for nobody else", async () => {
    const bus = aBus(kind);
    const [first, second, other]: [string[], string[], string[]] = [[], [], []];
    bus.subscribe("a", (message) => first.push(message));
    bus.subscribe("a", (message) => second.push(message));
    bus.subscribe("b", (message) => other.push(message));
    await heard(bus, "a", first);
    expect(second.length).toBeGreaterThan(0);
    expect(other).toEqual([]);
  });

  it("goes on ringing when one who listens throws, or stops in the middle", async () => {
    const bus = aBus(kind);
    const kept: string[] = [];
    bus.subscribe("a", () => {
      throw new Error("broken");
    });
    const stop = bus.subscribe("a", () => stop());
    bus.subscribe("a", (message) => kept.push(message));
    await heard(bus, "a", kept);
    const before = kept.length;
    bus.publish("a", "again");
    await until("the next is heard", () => kept.length > before);
  });

  it("counts who listens, so that the first to leave takes nothing from the second", async () => {
    const bus = aBus(kind);
    const kept: string[] = [];
    const same = (message: string) => void kept.push(message);
    const stop = bus.subscribe("a", same);
    bus.subscribe("a", same);
    stop();
    stop();
    await heard(bus, "a", kept);
    expect(kept).toEqual(["hello"]);
  });
});

describe("the redis bus", () => {
  it("has one connection that listens and one subscription a topic, however many streams there are", async () => {
    const bus = aBus("redis");
    const kept: string[] = [];
    const stops = Array.from({ length: 100 }, () => bus.subscribe("many", (message) => kept.push(message)));
    await until("it is subscribed", async () => (await admin.pubsub("NUMSUB", "many"))[1] !== 0);

    expect(await admin.pubsub("NUMSUB", "many")).toEqual(["many", 1]);
    for (const stop of stops) stop();
    await until("it is not subscribed any more", async () => (await admin.pubsub("NUMSUB", "many"))[1] === 0);
  });

  it("listens again after its subscription was cut and after a restart of Redis, and says that it missed something", async () => {
    const bus = aBus("redis");
    const kept: string[] = [];
    let reconnects = 0;
    bus.onReconnect(() => {
      reconnects += 1;
    });
    bus.subscribe("a", (message) => kept.push(message));
    await heard(bus, "a", kept);

    const before = reconnects;
    await admin.call("CLIENT", "KILL", "TYPE", "pubsub");
    await until("it says so", () => reconnects > before);
    kept.length = 0;
    await heard(bus, "a", kept);

    await redis.restart();
    await until("it says so again", () => reconnects > before + 1);
    kept.length = 0;
    await heard(bus, "a", kept);
  });

  it("rings within its own process while Redis is away", async () => {
    const alone = await startRedis(mkdtempSync(join(tmpdir(), "baton-redis-")));
    const bus = redisBus(alone.url);
    open.push(bus);
    const kept: string[] = [];
    bus.subscribe("a", (message) => kept.push(message));
    await heard(bus, "a", kept);
    await alone.stop();
    kept.length = 0;
    await heard(bus, "a", kept);
    await expect(bus.ping()).rejects.toThrow();
  });
});
