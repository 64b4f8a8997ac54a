import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { closeSession } from "#services/chat";
import { createContact, mergeContacts } from "#services/conversations";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  customMessage,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import { newSeed, seeded } from "#support/random";
import type { Shop } from "#support/stage";

const secret = aCustomSecret();
const seed = newSeed();
const random = seeded(seed);
const rounds = 12;
let receiver: FakeReceiver;
let stage: ChannelStage;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
  stage = await openChannelStage({ OUTBOUND_PRIVATE_HOSTS: receiver.host });
});
afterAll(async () => {
  await stage.close();
  await receiver.close();
});

/** Closes every conversation of a shop so long ago that the next words begin another. */
async function closeAll({ companyId }: Shop) {
  const closedAt = new Date(Date.now() - 30 * 24 * 60 * 60_000);
  await withCompany(companyId, async (tx) => {
    // In the order of the log's own commits: an answer may still be on its way.
    await tx.$queryRaw`SELECT id FROM conversation WHERE company_id = ${companyId}::uuid ORDER BY id FOR UPDATE`;
    await tx.conversation.updateMany({ where: { companyId }, data: { state: "RESOLVED", closedAt } });
  });
}

/** What customers of a shop wrote, and as whose. */
async function said({ companyId }: Shop) {
  return read<{ text: string; contactId: string }>(
    companyId,
    `SELECT m.text, c.contact_id AS "contactId" FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.company_id = $1 AND m.author_kind = 'customer' ORDER BY m.created_at`,
    [companyId],
  );
}

async function deadlocks({ companyId }: Shop): Promise<number> {
  // Connections tell their statistics a second late.
  await pause(1_500);
  const [row] = await read<{ count: number }>(
    companyId,
    "SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()",
  );
  return row?.count ?? -1;
}

/** Lets somebody write round after round while they are merged from one contact into the next; answers the last one. */
async function mergesWhile(shop: Shop, first: string, writes: (round: number) => Promise<unknown>) {
  let contactId = first;
  for (let round = 0; round < rounds; round += 1) {
    await closeAll(shop);
    const kept = await createContact(shop.companyId, { name: `Kim ${round}` });
    await Promise.all([
      writes(round),
      pause(random() * 60).then(() => mergeContacts(shop.owner.who, contactId, kept)),
    ]);
    contactId = kept;
  }
  return contactId;
}

it(`loses nothing that is written on a platform while its writer is merged (seed ${seed})`, async () => {
  const shop = await stage.shop();
  const { path } = await connect(stage, shop, "custom", { endpoint: receiver.url, secret });
  const says = async (content: string) => {
    const data = { id: newId(), sender: { id: "kim", name: "Kim" }, content };
    expect(await post(stage, path, customMessage(secret, data))).toBe(200);
  };
  await says("Hello");
  const [begun] = await until(async () => {
    const words = await said(shop);
    return words.length === 1 && words;
  });

  const last = await mergesWhile(shop, begun?.contactId ?? "", (round) =>
    Promise.all([says(`${round} a`), says(`${round} b`)]),
  );

  const words = await until(async () => {
    const all = await said(shop);
    return all.length >= 1 + 2 * rounds && all;
  }, 30);
  expect(words.map(({ text }) => text).toSorted()).toEqual(
    [
      "Hello",
      ...Array.from({ length: rounds }, (_, round) => [`${round} a`, `${round} b`]).flat(),
    ].toSorted(),
  );
  expect(new Set(words.map(({ contactId }) => contactId))).toEqual(new Set([last]));
  expect(await deadlocks(shop)).toBe(0);
}, 90_000);

it(`loses nothing that is written in the web chat while its writer is merged (seed ${seed})`, async () => {
  const shop = await stage.shop();
  const chat = await stage.chat(shop);
  const says = async (text: string) => {
    const { status, text: answer } = await stage.ask("POST", `${chat.base}/message`, chat.auth, {
      clientId: newId(),
      text,
    });
    expect([status, answer]).toEqual([201, expect.any(String)]);
  };
  await says("Hello");
  const [begun] = await said(shop);

  const last = await mergesWhile(shop, begun?.contactId ?? "", (round) =>
    Promise.all([says(`${round} a`), says(`${round} b`)]),
  );

  const words = await said(shop);
  expect(words).toHaveLength(1 + 2 * rounds);
  expect(new Set(words.map(({ contactId }) => contactId))).toEqual(new Set([last]));
  expect(await deadlocks(shop)).toBe(0);
}, 90_000);

it(`forgets visits without a word while their visitors are merged (seed ${seed})`, async () => {
  const shop = await stage.shop();
  const { companyId } = shop;
  const visits = await Promise.all(Array.from({ length: rounds }, () => stage.chat(shop)));
  for (const { base, auth } of visits) {
    for (const name of ["Returns", "Delivery", "Payment"])
      expect((await stage.ask("POST", `${base}/topics`, auth, { name })).status).toBe(200);
  }
  await withCompany(companyId, (tx) =>
    tx.chatSession.updateMany({ where: { companyId }, data: { state: "IDLE" } }),
  );
  const kept = await createContact(companyId, { name: "Kim" });
  const visitors = await read<{ sessionId: string; contactId: string }>(
    companyId,
    `SELECT id AS "sessionId", contact_id AS "contactId" FROM chat_session WHERE company_id = $1`,
    [companyId],
  );

  const ends = await Promise.all(
    visitors.map(async ({ sessionId, contactId }) => {
      const merged = pause(random() * 10).then(() => mergeContacts(shop.owner.who, contactId, kept));
      const [, merge] = await Promise.allSettled([closeSession({ companyId, sessionId }), merged]);
      // Whoever is forgotten first cannot be merged any more.
      return merge.status === "fulfilled" ? "merged" : merge.reason.code;
    }),
  );

  expect(ends.filter((end) => end !== "merged" && end !== "not_found")).toEqual([]);
  const left = await read(companyId, "SELECT id FROM conversation WHERE company_id = $1", [companyId]);
  expect(left).toEqual([]);
  const contacts = await read(companyId, "SELECT id FROM contact WHERE company_id = $1", [companyId]);
  expect(contacts).toEqual([{ id: kept }]);
  expect(await deadlocks(shop)).toBe(0);
}, 90_000);
