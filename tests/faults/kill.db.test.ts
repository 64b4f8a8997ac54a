import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Conversation, conversationFrom, follow } from "#client/conversation";
import { parseConversationEvent } from "#client/conversation-events";
import type { MessageView } from "#contracts/conversation";
import { read } from "#lib/db";
import { freePort } from "#lib/free-port";
import { newId } from "#lib/ids";
import { eventsAfter } from "#services/conversations";
import { type ModelServer, startModelServer } from "#support/model-server";
import { newSeed, seeded } from "#support/random";
import { type Reader, readSse, until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";
import { type Process, startProcess } from "./process.ts";

let model: ModelServer;
let stage: Stage;
let shop: Shop;
const running: Process[] = [];
const seed = newSeed();
const random = seeded(seed);

beforeAll(async () => {
  model = await startModelServer();
  // Only for its database and its companies: it answers nobody here.
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(async () => {
  await Promise.all(running.map((process) => process.stop()));
  await stage.close();
  await model.close();
});

async function start(env: Record<string, string> = {}): Promise<Process> {
  const process = await startProcess({
    DATABASE_URL: stage.database.url,
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: "none",
    ...env,
  });
  running.push(process);
  return process;
}

async function say(base: string, chat: Chat, text: string, clientId: string = newId()) {
  const response = await fetch(`${base}${chat.base}/message`, {
    method: "POST",
    headers: { ...chat.auth, "content-type": "application/json" },
    body: JSON.stringify({ clientId, text }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { duplicate: boolean };
}

async function logOf(chat: Chat) {
  const page = { after: 0, limit: 500, audience: "operators" } as const;
  return (await eventsAfter(shop, chat.conversationId, page)).events;
}

async function answersIn(chat: Chat): Promise<MessageView[]> {
  const log = await logOf(chat);
  return log.flatMap((event) =>
    event.type === "message" && event.message.author.kind === "agent" ? [event.message] : [],
  );
}

/** A reader's window as the widget would show it, by the widget's own reckoning, before the stored answer came and at the end. */
function windowOf(raw: string): { streamed: string; now: Conversation } {
  let now: Conversation | undefined;
  let streamed = "";
  for (const frame of raw.split("\n\n")) {
    const [event, data] = ["event", "data"].map(
      (field) => new RegExp(`^${field}: (.*)$`, "m").exec(frame)?.[1],
    );
    if (event === undefined || data === undefined) continue;
    const parsed = parseConversationEvent({ event, data: JSON.parse(data) });
    if (parsed === undefined) continue;
    if (parsed.type === "message" && parsed.message.author.kind === "agent")
      streamed = now?.run?.text ?? streamed;
    if (now !== undefined) now = follow(now, parsed, 0);
    else if (parsed.type === "snapshot") now = conversationFrom(parsed.snapshot, 0);
  }
  if (now === undefined) throw new Error("no snapshot came");
  return { streamed, now };
}

const connected = (reader: Reader) => reader.others.some(({ event }) => event === "snapshot");

describe("a process killed in the middle of answers", () => {
  it(`and started again: each goes on or ends as interrupted, nothing lost, nothing doubled (seed ${seed})`, async () => {
    const words = Array.from({ length: 120 }, (_, index) => `word${index} `);
    model.set({ chunks: words, betweenMs: 25, firstMs: 150 });
    const port = String(await freePort());
    const first = await start({ PORT: port });
    const chats = await Promise.all(Array.from({ length: 8 }, () => stage.chat(shop)));
    const readers = chats.map((chat) => readSse("customer", `${first.url}${chat.base}/stream`, chat.auth));
    await until("all are connected", () => readers.every(connected));

    // Killed between the first word and the last of some, and before the first of others.
    await Promise.all(
      chats.map(async (chat, index) => {
        await pause(index * 250 + random() * 100);
        await say(first.url, chat, "Tell me a long story", "once");
      }),
    );
    await first.kill();
    const killedAt = performance.now();
    const second = await start({ PORT: port });
    // A client that never saw the answer sends again.
    expect(await say(second.url, chats[0] as Chat, "Tell me a long story", "once")).toMatchObject({
      duplicate: true,
    });

    const ended = (chat: Chat, reader: Reader) =>
      reader.events.some(
        ({ type, ...event }) => type === "message" && "message" in event && isAnswerIn(chat, event),
      );
    await until(
      "every answer has ended",
      () => chats.every((chat, index) => ended(chat, readers[index] as Reader)),
      14_000,
    );
    const runs = await read<{ state: string; n: number }>(
      shop.companyId,
      "SELECT state, count(*)::int AS n FROM run WHERE state IN ('queued', 'running') GROUP BY state",
    );
    await Promise.all(readers.map((reader) => reader.stop()));

    expect(runs).toEqual([]);
    const outcomes: string[] = [];
    for (const [index, chat] of chats.entries()) {
      const log = await logOf(chat);
      const answers = await answersIn(chat);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
      expect(
        log.filter((event) => event.type === "message" && event.message.author.kind === "customer"),
      ).toHaveLength(1);
      expect(answers).toHaveLength(1);
      const [answer] = answers as [MessageView];
      outcomes.push(answer.answer?.outcome ?? "");
      if (answer.answer?.outcome === "complete") expect(answer.text).toBe(words.join("").trimEnd());
      else expect(words.join("").startsWith(answer.text)).toBe(true);

      const reader = readers[index] as Reader;
      const { now } = windowOf(reader.raw());
      expect(now.messages.filter(({ author }) => author.kind === "agent").map(({ text }) => text)).toEqual([
        answer.text,
      ]);
      expect(now.run).toBeUndefined();
      expect(reader.events.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
    }
    // Both kinds of end were met; otherwise the kill came too early or too late to prove anything.
    expect(new Set(outcomes)).toEqual(new Set(["interrupted", "complete"]));
    // Five seconds of lease, a second until the sweep, and what a busy machine needs; whole answers take their time.
    expect(performance.now() - killedAt).toBeLessThan(20_000);
  }, 40_000);

  function isAnswerIn(chat: Chat, event: { conversationId: string; message?: unknown }): boolean {
    const message = event.message as MessageView | undefined;
    return event.conversationId === chat.conversationId && message?.author.kind === "agent";
  }

  it("between the commit and the ring: others deliver the message, and answer it", async () => {
    model.set({ chunks: ["Thirty days."], firstMs: 400 });
    // Without Redis its rings reach nobody else: to the others it looks dead the moment it has committed.
    const [doomed, other] = await Promise.all([start(), start()]);
    const chat = await stage.chat(shop);
    const reader = readSse("customer", `${other.url}${chat.base}/stream`, chat.auth);
    await until("it is connected", () => connected(reader));

    await say(doomed.url, chat, "How long can I return it?");
    await doomed.kill();
    const delivered = await until("the question is delivered", () => reader.events.length === 1, 3_000);
    await until("it is answered", () => reader.events.length === 2, 9_000);
    await reader.stop();

    expect(delivered).toBeLessThan(2_000);
    expect((await answersIn(chat)).map(({ text }) => text)).toEqual(["Thirty days."]);
    expect(reader.events.map(({ seq }) => seq)).toEqual([1, 2]);
  }, 30_000);
});
