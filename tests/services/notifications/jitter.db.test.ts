import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onSocket } from "#http/sockets";
import { webSocket } from "#http/web-socket";
import { memoryBus, redisBus } from "#lib/bus";
import { once } from "#lib/registry";
import { eventsAfter } from "#services/conversations";
import { jitteryBus } from "#support/jittery-bus";
import { newSeed, pick, seeded } from "#support/random";
import { poll, type Reader, readSocket, readSse, until } from "#support/readers";
import { type RedisServer, startRedis } from "#support/redis-server";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

const seed = newSeed();
const secret = "only for colleagues";

describe.each(["memory", "redis"] as const)("over a %s bus that loses, doubles and reorders", (kind) => {
  let redis: RedisServer | undefined;
  let stage: Stage;
  let sockets: { close(): void };
  const random = seeded(seed);

  beforeAll(async () => {
    if (kind === "redis") redis = await startRedis(mkdtempSync(join(tmpdir(), "baton-redis-")));
    const inner = redis === undefined ? memoryBus() : redisBus(redis.url);
    once("bus", () => jitteryBus(inner, random));
    stage = await openStage();
    sockets = webSocket(stage.door.server, { path: "/ws", onConnection: onSocket });
  });
  afterAll(async () => {
    sockets.close();
    await stage.close();
    await redis?.stop();
  });

  it(`every reader sees every entry once and in order, however often it is cut (seed ${seed})`, async () => {
    const shop = await stage.shop();
    const chats = await Promise.all(Array.from({ length: 4 }, () => stage.chat(shop)));
    const { readers, operators } = readersOf(shop, chats);
    const everyone = [...operators, ...[...readers.values()].flat()];
    const streaming = everyone.filter(({ name }) => !name.endsWith("asking"));
    const connected = (reader: Reader) => reader.others.some(({ event }) => event === "snapshot");
    await until("all are connected", () => streaming.every(connected));

    let writing = true;
    const cutting = (async () => {
      while (writing) {
        await pause(random() * 120);
        pick(random, everyone).cut();
      }
    })();
    await Promise.all(chats.map((chat) => talk(shop, chat)));
    if (redis !== undefined) {
      await redis.restart();
      await Promise.all(chats.map((chat) => say(chat, "after the restart")));
    }
    writing = false;
    await cutting;

    const logs = await Promise.all(chats.map((chat) => logOf(shop, chat)));
    await until("all have come to the end", () => {
      const seen = (reader: Reader, id: string) => newest(reader, id);
      return chats.every((chat, index) => {
        const { all, shown } = logs[index] ?? { all: [], shown: [] };
        return (
          (readers.get(chat) ?? []).every(
            (reader) => seen(reader, chat.conversationId) >= (shown.at(-1) ?? 0),
          ) && operators.every((reader) => seen(reader, chat.conversationId) >= (all.at(-1) ?? 0))
        );
      });
    });
    await Promise.all(everyone.map((reader) => reader.stop()));

    for (const [index, chat] of chats.entries()) {
      const { all, shown } = logs[index] ?? { all: [], shown: [] };
      expect(all).toEqual(Array.from({ length: all.length }, (_, at) => at + 1));
      for (const reader of readers.get(chat) ?? []) {
        expect([reader.name, seqsOf(reader, chat.conversationId)]).toEqual([reader.name, shown]);
        expect(reader.raw()).not.toContain(secret);
      }
      for (const reader of operators) {
        // This stream may repeat after a cut; windows tell repeats by number.
        const firsts = [...new Set(seqsOf(reader, chat.conversationId))];
        expect([reader.name, firsts]).toEqual([reader.name, all]);
      }
    }
    expect(everyone.filter((reader) => reader.others.some(({ event }) => event === "reset"))).toEqual([]);
  });

  function readersOf(shop: Shop, chats: Chat[]) {
    const ws = `${stage.url.replace("http", "ws")}/ws`;
    const readers = new Map(
      chats.map((chat) => {
        const { sessionId, token, auth, base } = chat;
        return [
          chat,
          [
            readSse("customer by stream", `${stage.url}${base}/stream`, auth),
            readSocket("customer by socket", ws, { stream: "conversation", sessionId, token }),
            poll("customer by asking", `${stage.url}${base}/events`, auth),
          ],
        ];
      }),
    );
    const operators = [
      readSse("operator by stream", `${stage.url}/api/agent/stream`, shop.owner.cookie),
      readSse(
        "operator watching",
        `${stage.url}/api/agent/stream?watch=${chats[0]?.conversationId}`,
        shop.key,
      ),
      readSocket("operator by socket", ws, { stream: "operator", token: shop.key.authorization?.slice(7) }),
    ];
    return { readers, operators };
  }

  /** A conversation in which everybody says something and it changes hands, at random moments. */
  async function talk(shop: Shop, chat: Chat): Promise<void> {
    const own = `/api/agent/conversations/${chat.conversationId}`;
    const { cookie } = shop.owner;
    const acts = [
      () => say(chat, "How long can I return a tent?"),
      () => say(chat, "and a stove?"),
      () =>
        stage.ask("POST", `${own}/send`, cookie, { clientId: crypto.randomUUID(), text: "Hello, it is me." }),
      () =>
        stage.ask("POST", `${own}/send`, cookie, {
          clientId: crypto.randomUUID(),
          text: secret,
          audience: "operators",
        }),
      () => stage.ask("POST", `${chat.base}/escalate`, chat.auth, {}),
      () => stage.ask("POST", `${own}/accept`, cookie),
      () => stage.ask("POST", `${own}/take-over`, cookie),
      () => stage.ask("POST", `${own}/handover`, cookie, { to: { kind: "ai" }, note: secret }),
      () => stage.ask("POST", `${chat.base}/typing`, chat.auth, { typing: true }),
    ];
    await say(chat, "Good morning");
    for (let step = 0; step < 25; step++) {
      await pick(random, acts)();
      await pause(random() * 30);
    }
  }

  async function say(chat: Chat, text: string): Promise<void> {
    const { status } = await stage.ask("POST", `${chat.base}/message`, chat.auth, {
      clientId: crypto.randomUUID(),
      text,
    });
    expect(status).toBe(201);
  }

  async function logOf(shop: Shop, chat: Chat): Promise<{ all: number[]; shown: number[] }> {
    // The answer under way must be over before the log is called whole.
    let head = -1;
    await until("the log rests", async () => {
      const [before] = [head];
      head = (await whole("operators")).length;
      await pause(300);
      return head === before;
    });
    return { all: await whole("operators"), shown: await whole("all") };

    async function whole(audience: "all" | "operators"): Promise<number[]> {
      const options = { after: 0, limit: 1_000, audience };
      const { events } = await eventsAfter(shop, chat.conversationId, options);
      return events.map(({ seq }) => seq);
    }
  }
});

function seqsOf(reader: Reader, conversationId: string): number[] {
  return reader.events.flatMap((event) => (event.conversationId === conversationId ? [event.seq] : []));
}

function newest(reader: Reader, conversationId: string): number {
  return Math.max(0, ...seqsOf(reader, conversationId));
}
