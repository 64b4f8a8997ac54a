import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import type { ConversationSnapshot } from "#contracts/events";
import { type Bus, bus, memoryBus } from "#lib/bus";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { once } from "#lib/registry";
import { revokeApiKey } from "#services/accounts";
import { conversationTopic, cursorOf, findConversation } from "#services/conversations";
import { type Frame, readStream } from "#support/api";
import { type ModelServer, startModelServer } from "#support/model-server";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let model: ModelServer;
let shop: Shop;
let deaf = false;

beforeAll(async () => {
  const inner = memoryBus();
  const listening: Bus = {
    ...inner,
    publish: (topic, message) => (deaf ? undefined : inner.publish(topic, message)),
  };
  once("bus", () => listening);
  model = await startModelServer();
  stage = await openStage({ modelUrl: model.url });
  shop = await stage.shop();
});
beforeEach(() => {
  deaf = false;
  model.set({});
});
afterAll(async () => {
  await stage.close();
  await model.close();
});

const isMessage = (text: string) => (frame: Frame) =>
  frame.event === "message" && (frame.data.message as { text: string }).text === text;
const own = (chat: Chat) => `/api/agent/conversations/${chat.conversationId}`;

const open = (chat: Chat, headers: Record<string, string> = {}) =>
  readStream(`${stage.url}${chat.base}/stream`, { ...chat.auth, ...headers });

async function say(chat: Chat, text: string, headers: Record<string, string> = {}): Promise<void> {
  const body = { clientId: newId(), text };
  const { status } = await stage.ask("POST", `${chat.base}/message`, { ...chat.auth, ...headers }, body);
  expect(status).toBe(201);
}

describe("a stream without any bus", () => {
  it("is brought up to the log by the sweep within a second and a half, also for operators", async () => {
    const chat = await stage.chat(shop);
    const [customer, operator] = [
      await open(chat),
      await readStream(`${stage.url}/api/agent/stream`, shop.key),
    ];
    await Promise.all([customer, operator].map((stream) => stream.next(({ event }) => event === "snapshot")));

    deaf = true;
    await say(chat, "Is anybody there?");
    const began = performance.now();
    await Promise.all([customer, operator].map((stream) => stream.next(isMessage("Is anybody there?"))));

    expect(performance.now() - began).toBeLessThan(1_800);
    customer.close();
    operator.close();
  });
});

describe("a cursor that the log does not hold", () => {
  it.each(["beyond the log", "of another conversation"])(
    "%s: is answered by reset and a snapshot",
    async (kind) => {
      const [chat, other] = [await stage.chat(shop), await stage.chat(shop)];
      await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
      const id =
        kind === "beyond the log" ? cursorOf(chat.conversationId, 999) : cursorOf(other.conversationId, 1);

      const stream = await open(chat, { "last-event-id": id });
      await stream.next(({ event }) => event === "reset");
      const { data } = await stream.next(({ event }) => event === "snapshot");

      expect((data as unknown as ConversationSnapshot).messages.map(({ seq }) => seq)).toEqual([2]);
      const page = await stage.ask("GET", `${chat.base}/events?after=${id}`, chat.auth);
      expect((page.body.events as { seq: number }[]).map(({ seq }) => seq)).toEqual([1, 2]);
      stream.close();
    },
  );
});

describe("what operators write to each other", () => {
  it("reaches a customer by no way there is", async () => {
    const secret = "between us: be careful";
    const chat = await stage.chat(shop);
    const live = await open(chat);
    await live.next(({ event }) => event === "snapshot");
    await stage.ask("POST", `${own(chat)}/take-over`, shop.owner.cookie);
    const note = { clientId: "n", text: secret, audience: "operators" };
    expect((await stage.ask("POST", `${own(chat)}/send`, shop.owner.cookie, note)).status).toBe(201);
    const handover = { to: { kind: "queue" }, note: secret };
    expect((await stage.ask("POST", `${own(chat)}/handover`, shop.owner.cookie, handover)).status).toBe(200);
    await say(chat, "still here");
    await live.next(isMessage("still here"));

    const replay = await open(chat, { "last-event-id": cursorOf(chat.conversationId, 0) });
    await replay.next(isMessage("still here"));
    const snapshot = await open(chat);
    await snapshot.next(({ event }) => event === "snapshot");
    const polled = await stage.ask("GET", `${chat.base}/events?after=0`, chat.auth);
    const session = await stage.ask<SessionView>("POST", "/api/chat/session", chat.auth, {
      agentId: shop.agentId,
      sessionId: chat.sessionId,
    });

    expect(session.body.conversationId).toBe(chat.conversationId);
    const seen = JSON.stringify([live.frames, replay.frames, snapshot.frames, polled.text, session.text]);
    expect(seen).toContain("still here");
    expect(seen).not.toContain(secret);
    for (const stream of [live, replay, snapshot]) stream.close();
  });
});

describe("a customer's two tabs", () => {
  it("do not hear their own words, and hear the other's", async () => {
    const chat = await stage.chat(shop);
    const [writing, other] = [await open(chat), await open(chat)];
    const { data } = await writing.next(({ event }) => event === "connected");
    await other.next(({ event }) => event === "snapshot");
    await stage.ask("POST", `${own(chat)}/take-over`, shop.owner.cookie);

    await Promise.all([writing, other].map((stream) => stream.next(({ event }) => event === "state")));
    // A stream that still reads the log itself repeats its window's own words, which windows know by their id.
    await pause(200);
    await say(chat, "from the first", { "x-stream-id": String(data.streamId) });
    await say(chat, "from elsewhere");

    await other.next(isMessage("from the first"));
    await writing.next(isMessage("from elsewhere"));
    expect(writing.frames.filter(isMessage("from the first"))).toEqual([]);
    writing.close();
    other.close();
  });
});

describe("a right that ends", () => {
  const within = 5_000;

  it("cuts the streams of a revoked key, a removed operator and a closed session within five seconds", async () => {
    const company = await stage.shop();
    const colleague = await stage.colleague(company);
    const chat = await stage.chat(company);
    const streams = await Promise.all(
      [
        [`${stage.url}/api/agent/stream`, company.key] as const,
        [`${stage.url}/api/agent/stream?watch=${chat.conversationId}`, colleague.cookie] as const,
        [`${stage.url}${chat.base}/stream`, chat.auth] as const,
      ].map(([url, headers]) => ended(url, headers)),
    );

    const began = performance.now();
    await revokeApiKey(company.owner.who, company.keyId);
    const removed = `/api/admin/members/${colleague.who.userId}`;
    expect((await stage.ask("DELETE", removed, company.owner.cookie)).status).toBe(204);
    await withCompany(company.companyId, (tx) =>
      tx.chatSession.update({ where: { id: chat.sessionId }, data: { state: "CLOSED" } }),
    );
    await Promise.all(streams.map(({ over }) => over));

    expect(performance.now() - began).toBeLessThan(within);
    expect((await stage.ask("GET", "/api/agent/conversations", company.key)).status).toBe(401);
    expect((await stage.ask("GET", "/api/agent/conversations", colleague.cookie)).status).toBe(401);
    expect((await stage.ask("GET", `${chat.base}/events`, chat.auth)).status).toBe(401);
  });

  async function ended(url: string, headers: Record<string, string>): Promise<{ over: Promise<void> }> {
    const response = await fetch(url, { headers });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const over = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read());
    })();
    return { over };
  }
});

describe("words of an answer", () => {
  it("come whole to whoever joins in the middle, fresh or by cursor, and equal what is stored", async () => {
    const chunks = Array.from({ length: 60 }, (_, index) => `word${index} `);
    model.set({ chunks, betweenMs: 10 });
    const chat = await stage.chat(shop);
    const first = await open(chat);
    await first.next(({ event }) => event === "snapshot");
    await say(chat, "Tell me a long story about tents and stoves");
    await first.next(({ event }) => event === "delta");
    const readers = [first];
    for (let joined = 0; joined < 6; joined++) {
      await pause(40);
      readers.push(
        await open(chat, joined % 2 === 0 ? {} : { "last-event-id": cursorOf(chat.conversationId, 1) }),
      );
    }

    for (const reader of readers) {
      const { data } = await reader.next(
        ({ event, data }) =>
          event === "message" && (data.message as { answer?: unknown }).answer !== undefined,
        10_000,
      );
      expect(shownBefore(reader.frames)).toBe((data.message as { text: string }).text);
      expect(reader.frames[0]?.event).toBe("connected");
      reader.close();
    }
  });

  /** What a window shows just before the stored message takes the place of the streamed words. */
  function shownBefore(frames: Frame[]): string {
    let text = "";
    for (const { event, data } of frames) {
      if (event === "snapshot") text = (data as unknown as ConversationSnapshot).run?.text ?? "";
      if (event === "message" && (data.message as { answer?: unknown }).answer !== undefined) return text;
      if (event !== "delta") continue;
      expect(Number(data.offset), "no hole").toBeLessThanOrEqual(text.length);
      const longer = text.slice(0, Number(data.offset)) + String(data.text);
      if (!text.startsWith(longer)) text = longer;
    }
    return text;
  }

  it("are not heard any more once the answer has ended, however late they come", async () => {
    const chat = await stage.chat(shop);
    const stream = await open(chat);
    await stream.next(({ event }) => event === "snapshot");
    const run = { runId: newId(), messageId: newId() };
    const late = (text: string) => {
      const { conversationId } = chat;
      const event = { type: "delta", conversationId, ...run, offset: 0, text };
      const ring = { companyId: shop.companyId, conversationId, audience: "all", event };
      bus().publish(conversationTopic(conversationId), JSON.stringify(ring));
    };
    late("in time");
    await stream.next(({ event }) => event === "delta");

    await stage.ask("POST", `${own(chat)}/take-over`, shop.owner.cookie);
    await stream.next(({ event }) => event === "state");
    late("too late");
    await say(chat, "hello");
    await stream.next(isMessage("hello"));

    expect(JSON.stringify(stream.frames)).not.toContain("too late");
    stream.close();
  });
});

describe("a stream that opens while a conversation changes hands", () => {
  it("tells the newest state, in the snapshot or after it", async () => {
    for (let round = 0; round < 15; round++) {
      const chat = await stage.chat(shop);
      const opening = pause(round % 5).then(() => open(chat));
      await stage.ask("POST", `${own(chat)}/take-over`, shop.owner.cookie);
      const stream = await opening;
      await stream.next(({ event }) => event === "snapshot");
      const { epoch } = await findConversation(shop, chat.conversationId);

      const told = () => {
        const states = stream.frames.flatMap(({ event, data }) =>
          event === "snapshot" || event === "state" ? [(data.state as { epoch: number }).epoch] : [],
        );
        return states.at(-1) === epoch;
      };
      await until("the newest state is told", told, 2_500);
      stream.close();
    }
  });
});
