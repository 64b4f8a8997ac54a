import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#lib/ids";
import { eventsAfter } from "#services/conversations";
import { lookBehind } from "#support/database";
import { newSeed, seeded } from "#support/random";
import { type Reader, readSse, until } from "#support/readers";
import { openStage, type Stage } from "#support/stage";

let stage: Stage;
let admin: pg.Client;
const seed = newSeed();
const random = seeded(seed);

beforeAll(async () => {
  stage = await openStage();
  admin = await lookBehind(stage.database);
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

const connected = (reader: Reader) => reader.others.some(({ event }) => event === "snapshot");

describe("a database whose connections die", () => {
  it(`answers "try again" at worst; who does is heard once, and streams stay open (seed ${seed})`, async () => {
    const shop = await stage.shop();
    const chats = await Promise.all([stage.chat(shop), stage.chat(shop), stage.chat(shop)]);
    const readers = chats.map((chat) => readSse("customer", `${stage.url}${chat.base}/stream`, chat.auth));
    await until("all are connected", () => readers.every(connected));
    let failing = true;
    const saboteur = (async () => {
      while (failing) {
        await pause(20 + random() * 60);
        await admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
      }
    })();

    const refused: string[] = [];
    await Promise.all(
      chats.map(async (chat) => {
        for (let sent = 0; sent < 15; sent++) {
          const body = { clientId: newId(), text: `number ${sent}` };
          for (let tries = 0; tries < 50; tries++) {
            const answer = await stage.ask("POST", `${chat.base}/message`, chat.auth, body);
            if (answer.status === 201) break;
            refused.push(`${answer.status}`);
            await pause(random() * 20);
          }
        }
      }),
    );
    failing = false;
    await saboteur;

    expect(refused.filter((status) => status !== "503")).toEqual([]);
    for (const [index, chat] of chats.entries()) {
      const reader = readers[index] as Reader;
      const whole = { after: 0, limit: 500, audience: "all" } as const;
      // The pool may still hold a connection that died.
      const logOf = async () =>
        (await eventsAfter(shop, chat.conversationId, whole).catch(() => ({ events: [] }))).events;
      let log = await logOf();
      await until(
        "the reader stands at the end of a log that rests",
        async () => {
          const before = log.length;
          await pause(400);
          log = await logOf();
          return log.length === before && reader.events.at(-1)?.seq === log.at(-1)?.seq;
        },
        15_000,
      );
      await reader.stop();
      const said = log.flatMap((event) =>
        event.type === "message" && event.message.author.kind === "customer" ? [event.message.text] : [],
      );
      expect(said).toEqual(Array.from({ length: 15 }, (_, sent) => `number ${sent}`));
      expect(reader.events.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
      expect(reader.connections()).toBe(1);
    }
  }, 40_000);
});
