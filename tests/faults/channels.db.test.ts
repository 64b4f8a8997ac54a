import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#lib/free-port";
import { newSeed, seeded } from "#support/random";
import { until } from "#support/readers";
import { startRedis } from "#support/redis-server";
import { noAnswers, postOnce, postUntilTaken, whatsappArrivals } from "./channels-platforms.ts";
import { allWrite, expectAllSaid, expectNothingDoubled, numbers } from "./channels-proof.ts";
import {
  atRest,
  type Customer,
  customers,
  leaving,
  openWorld,
  receipt,
  type Sent,
  type Shop,
  saidBy,
  say,
  sayUntilStored,
  stored,
  type World,
  withAPerson,
  written,
} from "./channels-world.ts";

let world: World;
let shop: Shop;
const seed = newSeed();
const random = seeded(seed);
/** What a dead process held is taken over within 15 s; the rest is what a busy machine needs. */
const takenOverMs = 20_000;

beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => shop.close());
afterAll(() => world.close());

const heldAtDeath = async () => (await leaving(shop)).filter(({ state }) => state === "sending");

const allInTheLog = (all: Customer[], texts: string[], timeoutMs = takenOverMs) =>
  until(
    "all is in the log",
    async () => {
      // The pool may still hold connections of a database that crashed.
      const said = await saidBy(shop).catch(() => new Map<string, string[]>());
      return all.every(({ id }) => (said.get(id) ?? []).length >= texts.length);
    },
    timeoutMs,
  );

describe("a process killed while platforms deliver", () => {
  it(`has in its log all that it acknowledged, once and in order (seed ${seed})`, async () => {
    shop = await world.shop();
    const port = String(await freePort());
    const first = await shop.start({ PORT: port });
    const all = customers(6);
    await withAPerson(shop, all, first.url);
    const answers = noAnswers();
    const texts = numbers(20);

    const writing = allWrite(shop, () => first.url, all, texts, answers);
    const killAt = 40 + Math.floor(random() * 150);
    await until("many are acknowledged", () => answers.acknowledged >= killAt, 20_000);
    await first.kill();
    await shop.start({ PORT: port });
    await writing;
    await allInTheLog(all, ["Hello", ...texts]);
    await atRest(shop);

    // Some found nobody, or had no answer to what may have been stored.
    expect(answers.counts.none).toBeGreaterThan(0);
    await expectAllSaid(shop, all, ["Hello", ...texts]);
    await expectNothingDoubled(shop);
  }, 80_000);
});

describe("a process killed while it sends", () => {
  it(`sends each message once, or says that it cannot know, and goes on within 15 s (seed ${seed})`, async () => {
    shop = await world.shop();
    const { receiver, graph } = shop.platforms;
    const first = await shop.start();
    const all = customers(3);
    const conversations = await withAPerson(shop, all, first.url);
    // Slow enough that the end finds something under way on both.
    receiver.play(...Array.from({ length: 500 }, () => ({ is: "late" as const, ms: 600 })));
    graph.meets(...Array.from({ length: 500 }, () => ({ late: 250 })));
    const texts = numbers(6);
    const arrived = () => whatsappArrivals(shop.platforms).length;
    const enough = arrived() + 1 + Math.floor(random() * 6);

    const storing = (async () => {
      for (const text of texts) for (const id of conversations.values()) await say(shop, id, text);
    })();
    await until("some have arrived", () => arrived() >= enough, 20_000);
    let before = arrived();
    await until(
      "both platforms have one in their hands",
      () => {
        const isNew = arrived() > before;
        before = arrived();
        return isNew && receiver.tries.length > receiver.taken.size;
      },
      20_000,
    );
    await first.kill();
    const killedAt = performance.now();
    await storing;
    const held = await heldAtDeath();
    await shop.start();
    const isSettled = (now: Sent[], { key }: Sent) =>
      now.find((each) => each.key === key)?.state !== "sending";
    await until(
      "what it held is settled",
      async () => {
        const now = await leaving(shop);
        return held.every((sent) => isSettled(now, sent));
      },
      takenOverMs,
    );
    const took = performance.now() - killedAt;
    await atRest(shop);

    expect(took).toBeLessThan(takenOverMs);
    const ends = await expectNothingDoubled(shop);
    const keys = (list: Sent[]) => list.map(({ key }) => key).toSorted();
    const unknown = ends.whatsapp.filter(({ state }) => state === "unknown");
    expect(keys(unknown)).toEqual(keys(held.filter(({ channel }) => channel === "whatsapp")));
    // Otherwise the kill came at a moment that proves nothing.
    expect(new Set(held.map(({ channel }) => channel))).toEqual(new Set(["custom", "whatsapp"]));
    for (const { id } of all) {
      const ours = ends.ours.filter(({ customer }) => customer === id).slice(-texts.length);
      expect(ours.map(({ text }) => text)).toEqual(texts);
      const arrivals = [...ends.custom.tries, ...whatsappArrivals(shop.platforms)].filter(
        ({ to }) => to === id,
      );
      const order = [...new Set(arrivals.map(({ text }) => text))].filter((text) => texts.includes(text));
      expect(order).toEqual(texts.filter((text) => order.includes(text)));
      // Later ones go on after one that nobody can know.
      expect([id, ours.at(-1)?.state]).toEqual([id, "sent"]);
    }
  }, 80_000);
});

describe("a process told to end while it sends", () => {
  it("ends the message in its hands, so that nobody has to guess, and leaves the rest to the next one", async () => {
    shop = await world.shop();
    const { graph } = shop.platforms;
    const first = await shop.start();
    const all = customers(2);
    const conversations = await withAPerson(shop, all, first.url);
    // As long as a platform may take, and longer than a part of the program has for stopping.
    graph.meets({ late: 3_000 }, { late: 3_000 });
    const texts = numbers(3);
    for (const text of texts) for (const id of conversations.values()) await say(shop, id, text);
    const arrived = () => whatsappArrivals(shop.platforms).length;
    let before = arrived();
    await until(
      "one is in its hands",
      () => {
        const isNew = arrived() > before;
        before = arrived();
        return isNew;
      },
      20_000,
    );

    await first.stop();
    expect(await heldAtDeath()).toEqual([]);
    await shop.start();
    await atRest(shop);

    const { ours } = await expectNothingDoubled(shop);
    expect(new Set(ours.map(({ state }) => state))).toEqual(new Set(["sent"]));
    expect(ours.filter(({ text }) => texts.includes(text))).toHaveLength(all.length * texts.length);
  }, 60_000);
});

describe("a database that crashes under load", () => {
  it(`loses nothing that was acknowledged, doubles nothing, and what was refused comes again (seed ${seed})`, async () => {
    shop = await world.shop();
    const { pid, url } = await shop.start();
    const all = customers(4);
    const conversations = await withAPerson(shop, all, url);
    const answers = noAnswers();
    const texts = numbers(20);
    const replies = ["We look into it.", "It is on its way.", "Anything else?"];

    const writing = allWrite(shop, () => url, all, texts, answers);
    const replying = (async () => {
      for (const reply of replies)
        for (const id of conversations.values()) await sayUntilStored(shop, id, reply);
    })();
    const crashAt = 30 + random() * 80;
    await until("many are acknowledged", () => answers.acknowledged >= crashAt, 20_000);
    await world.postgres.restart({ mode: "immediate" });
    await Promise.all([writing, replying]);
    await allInTheLog(all, ["Hello", ...texts]);
    await atRest(shop);

    // It lives, and answers all the while: nobody was left without a word.
    expect(Object.keys(answers.counts).toSorted()).toEqual(["200", "503"]);
    expect(process.kill(pid, 0)).toBe(true);
    await expectAllSaid(shop, all, ["Hello", ...texts]);
    const { ours } = await expectNothingDoubled(shop);
    for (const { id } of all) {
      const theirs = ours.filter(({ customer }) => customer === id).map(({ text }) => text);
      expect(theirs.slice(-replies.length)).toEqual(replies);
    }
  }, 80_000);
});

describe("platforms that deliver everything three times, to two processes", () => {
  it(`are heard once, and answered once (seed ${seed})`, async () => {
    shop = await world.shop();
    const redis = await startRedis(mkdtempSync(join(tmpdir(), "baton-redis-")));
    const env = { REDIS_URL: redis.url };
    const [one, other] = await Promise.all([shop.start(env), shop.start(env)]);
    const all = customers(4);
    const texts = numbers(5);
    const late: Promise<void>[] = [];

    await Promise.all(
      all.map(async (customer) => {
        for (const text of texts) {
          const delivery = written(shop, customer, text);
          const post = ({ url }: { url: string }) => postUntilTaken(() => url, delivery, noAnswers());
          // At the same moment at both, and once more when it is long known.
          await Promise.all(random() < 0.5 ? [post(one), post(other)] : [post(other), post(one)]);
          late.push(pause(random() * 300).then(() => post(random() < 0.5 ? one : other)));
        }
      }),
    );
    await Promise.all(late);
    await atRest(shop);

    await expectAllSaid(shop, all, texts);
    const { ours, whatsapp, custom } = await expectNothingDoubled(shop);
    expect(whatsapp.filter(({ state }) => state === "unknown")).toEqual([]);
    expect(custom.tries).toHaveLength(custom.sent.length);
    expect(new Set(ours.map(({ customer }) => customer))).toEqual(new Set(all.map(({ id }) => id)));
    expect(await stored(shop)).toBe(all.length * texts.length);
    await shop.close();
    await redis.stop();
  }, 60_000);
});

describe("three times what can be stored", () => {
  it("is partly refused with a time to come again, and nothing acknowledged is lost", async () => {
    shop = await world.shop();
    const { url } = await shop.start();
    const all = customers(5);
    const texts = numbers(20);
    const storm = texts.flatMap((text) => all.map((customer) => written(shop, customer, text)));
    // Receipts of messages that nobody knows: they must be stored all the same, and change nothing.
    storm.push(...Array.from({ length: 1_500 }, (_, n) => receipt(shop, `unknown-${n}`)));
    const blocker = await world.admin();
    // A database that stores nothing for a while: what comes meanwhile has to wait.
    await blocker.query("BEGIN");
    await blocker.query("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE");
    let refusals = 0;
    // What is told below is told whether or not somebody was refused in time.
    const firstRefusals = until("some are refused", () => refusals >= 10, 20_000).catch(() => undefined);
    const released = firstRefusals.then(() => blocker.query("COMMIT"));

    const answered = await Promise.all(
      shuffled(storm).map(async (delivery) => {
        const answer = await postOnce(url, delivery);
        if (answer.status === "503") refusals += 1;
        return { delivery, ...answer };
      }),
    );

    const refused = answered.filter(({ status }) => status === "503");
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set(["200", "503"]));
    expect(refused.every(({ retryAfter }) => Number(retryAfter) >= 1)).toBe(true);
    expect(await stored(shop)).toBe(answered.length - refused.length);
    await Promise.all(refused.map(({ delivery }) => postUntilTaken(() => url, delivery, noAnswers())));
    await allInTheLog(all, texts, 30_000);
    const said = await saidBy(shop);
    for (const { id } of all) expect(said.get(id)?.toSorted()).toEqual(texts.toSorted());
    await released;
    await blocker.end();
  }, 80_000);

  const shuffled = <T>(list: T[]): T[] =>
    list
      .map((each) => ({ each, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ each }) => each);
});
