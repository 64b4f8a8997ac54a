import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import { newId } from "#lib/ids";
import { eventsAfter } from "#services/conversations";
import { type Frame, readStream } from "#support/api";
import { type ModelServer, startModelServer } from "#support/model-server";
import { newSeed, pick, seeded } from "#support/random";
import { type Reader, readSse, until } from "#support/readers";
import { type RedisServer, startRedis } from "#support/redis-server";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";
import { type Process, startProcess } from "./process.ts";

let redis: RedisServer;
let model: ModelServer;
let here: Stage;
let there: Process;
let shop: Shop;
const seed = newSeed();
const random = seeded(seed);
const story = Array.from({ length: 60 }, (_, index) => `word${index} `);

beforeAll(async () => {
  [redis, model] = await Promise.all([
    startRedis(mkdtempSync(join(tmpdir(), "baton-redis-"))),
    startModelServer(),
  ]);
  here = await openStage({ redisUrl: redis.url, modelUrl: model.url });
  there = await startProcess({
    DATABASE_URL: here.database.url,
    REDIS_URL: redis.url,
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: "none",
  });
  shop = await here.shop();
});
beforeEach(() => model.set({ chunks: story, betweenMs: 12 }));
afterAll(async () => {
  // Absent where it did not start.
  await (there as Process | undefined)?.stop();
  await here.close();
  await Promise.all([redis.stop(), model.close()]);
});

const own = (chat: Chat) => `/api/agent/conversations/${chat.conversationId}`;

async function post(path: string, headers: Record<string, string>): Promise<number> {
  return (await here.ask("POST", path, headers, {})).status;
}

async function say(base: string, chat: Chat, text: string): Promise<void> {
  const response = await fetch(`${base}${chat.base}/message`, {
    method: "POST",
    headers: { ...chat.auth, "content-type": "application/json" },
    body: JSON.stringify({ clientId: newId(), text }),
  });
  expect(response.status).toBe(201);
}

async function logOf(chat: Chat) {
  const page = { after: 0, limit: 500, audience: "operators" } as const;
  return (await eventsAfter(shop, chat.conversationId, page)).events;
}

const isAnswer = ({ event, data }: Frame) =>
  event === "message" && (data.message as MessageView).author.kind === "agent";
const streamAt = (base: string, chat: Chat) => readStream(`${base}${chat.base}/stream`, chat.auth);

describe("two processes that share Redis", () => {
  it(`tell every entry once and in order through cut subscriptions and a restart of Redis (seed ${seed})`, async () => {
    const chat = await here.chat(shop);
    await post(`${own(chat)}/take-over`, shop.owner.cookie);
    const readers = [here.url, there.url].flatMap((base) => [
      readSse("customer", `${base}${chat.base}/stream`, chat.auth),
      readSse("operator", `${base}/api/agent/stream`, shop.key),
    ]);
    const connected = (reader: Reader) => reader.others.some(({ event }) => event === "snapshot");
    await until("all are connected", () => readers.every(connected));
    const scissors = new Redis(redis.url);
    scissors.on("error", () => undefined);

    for (let sent = 0; sent < 40; sent++) {
      await say(pick(random, [here.url, there.url]), chat, `number ${sent}`);
      if (sent % 9 === 4) await scissors.call("CLIENT", "KILL", "TYPE", "pubsub");
      if (sent === 25) await redis.restart();
    }
    scissors.disconnect();

    const log = (await logOf(chat)).map(({ seq }) => seq);
    await until("all have come to the end", () =>
      readers.every(({ events }) => events.some(({ seq }) => seq === log.at(-1))),
    );
    await Promise.all(readers.map((reader) => reader.stop()));
    for (const { name, events } of readers) {
      const seen = events
        .filter((event) => event.conversationId === chat.conversationId)
        .map(({ seq }) => seq);
      // Readers came when two entries were there already.
      expect([name, seen]).toEqual([name, log.slice(2)]);
    }
  });

  it("let a reader of one join an answer that the other is writing, with every word so far", async () => {
    const chat = await here.chat(shop);
    const writing = await streamAt(there.url, chat);
    await writing.next(({ event }) => event === "snapshot");
    await say(there.url, chat, "Tell me a long story");
    await writing.next(({ event }) => event === "delta");
    await pause(250);

    const joined = await streamAt(here.url, chat);
    const answer = await joined.next(isAnswer, 10_000);

    let text = "";
    for (const { event, data } of joined.frames) {
      if (event === "snapshot") text = (data.run as { text: string } | undefined)?.text ?? "";
      if (event === "delta" && Number(data.offset) <= text.length) {
        const longer = text.slice(0, Number(data.offset)) + String(data.text);
        if (!text.startsWith(longer)) text = longer;
      }
    }
    expect(text).toBe((answer.data.message as MessageView).text);
    writing.close();
    joined.close();
  });

  it("stop an answer of the other, and keep what was shown", async () => {
    const chat = await here.chat(shop);
    const stream = await streamAt(here.url, chat);
    await stream.next(({ event }) => event === "snapshot");
    await say(there.url, chat, "Tell me a long story");
    await stream.next(({ event }) => event === "delta");

    expect(await post(`${chat.base}/stop`, chat.auth)).toBe(204);
    const { data } = await stream.next(isAnswer);

    const message = data.message as MessageView;
    expect(message.answer?.outcome).toBe("stopped");
    const shown = stream.frames.filter(({ event }) => event === "delta").map((frame) => frame.data);
    const last = shown.at(-1);
    expect(message.text.length).toBe(Number(last?.offset) + String(last?.text).length);
    expect(message.text.length).toBeLessThan(story.join("").length);
    stream.close();
  });

  it(`never let an answer of the other be heard or stored after a person took over (seed ${seed})`, async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, round) => {
        const chat = await here.chat(shop);
        const streams = await Promise.all([here.url, there.url].map((base) => streamAt(base, chat)));
        await Promise.all(streams.map((stream) => stream.next(({ event }) => event === "snapshot")));
        await say(there.url, chat, "Tell me a long story");
        await pause(random() * 900);
        expect(await post(`${own(chat)}/take-over`, shop.owner.cookie)).toBe(200);
        await Promise.all(streams.map((stream) => stream.next(({ event }) => event === "state", 4_000)));
        await pause(300);

        const log = await logOf(chat);
        const taken = log.findIndex((event) => event.type === "state");
        const after = log
          .slice(taken)
          .flatMap((event) => (event.type === "message" ? [event.message.author.kind] : []));
        expect([round, after]).toEqual([round, ["system"]]);
        for (const { frames, close } of streams) {
          const state = frames.findIndex(({ event }) => event === "state");
          const late = frames.slice(state).filter(({ event }) => event === "delta" || event === "thinking");
          expect([round, late]).toEqual([round, []]);
          close();
        }
      }),
    );
  });
});
