import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bus, closeBus, openBus } from "#lib/bus";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import {
  companyTopic,
  createContact,
  createConversation,
  createConversationIn,
  findContacts,
  findConversation,
  holdContactOf,
  mergeContacts,
} from "#services/conversations";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { newSeed, seeded } from "#support/random";
import { until } from "#support/readers";
import { aDesk, type Company, inWebChat, onPlatform, owners } from "./contact-desk.ts";

let database: FreshDatabase;
const seed = newSeed();
const random = seeded(seed);

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
  openBus(undefined);
});

afterAll(async () => {
  await closeBus();
  await closeDatabase();
  await database.drop();
});

const find = (company: Company, query: string) => findContacts(company.who, { query, limit: 20 });
const namesFor = async (company: Company, query: string) =>
  (await find(company, query)).contacts.map(({ name }) => name);

describe("finding contacts", () => {
  it("finds by a part of the name or the address, whatever its case, newest first", async () => {
    const company = await aDesk();
    await inWebChat(company, { name: "Maria Santos", email: "maria@example.com" });
    await inWebChat(company, { name: "Jonas Weber", email: "jonas@santos.example" });
    await inWebChat(company, { name: "Priya Nair" });

    expect(await namesFor(company, "SANTOS")).toEqual(["Jonas Weber", "Maria Santos"]);
    expect(await namesFor(company, "")).toEqual(["Priya Nair", "Jonas Weber", "Maria Santos"]);
  });

  it("finds who told no name by the name that windows show", async () => {
    const company = await aDesk();
    const { contactId } = await inWebChat(company, {});
    const shown = `Visitor ${contactId.slice(-4).toUpperCase()}`;

    expect(await namesFor(company, shown)).toEqual([shown]);
  });

  it("takes what a pattern would be for letters", async () => {
    const company = await aDesk();
    await inWebChat(company, { name: "100 % wool_shop" });
    await inWebChat(company, { name: "1000 wools" });

    expect(await namesFor(company, "% wool_")).toEqual(["100 % wool_shop"]);
    expect(await namesFor(company, "\\")).toEqual([]);
  });

  it("tells on which channels they write, and when they last did", async () => {
    const company = await aDesk();
    const { contactId } = await onPlatform(company, "Maria Santos");
    await createConversation(company.companyId, { agentId: company.agentId, contactId });
    const wrote = new Date(Date.now() + 60_000);
    await withCompany(company.companyId, (tx) =>
      tx.conversation.updateMany({ where: { contactId, channel: "web" }, data: { lastMessageAt: wrote } }),
    );

    const [found] = (await find(company, "Maria")).contacts;

    expect(found?.channels.toSorted()).toEqual(["web", "whatsapp"]);
    expect(found?.lastSeenAt).toBe(wrote.toISOString());
  });

  it("never finds another company's", async () => {
    const [ours, theirs] = [await aDesk(), await aDesk()];
    await inWebChat(theirs, { name: "Maria Santos" });

    expect(await namesFor(ours, "")).toEqual([]);
  });
});

describe("merging two contacts", () => {
  it("makes all conversations, threads and ids of the first the second's", async () => {
    const company = await aDesk();
    const gone = await onPlatform(company, "Maria");
    const kept = await onPlatform(company, "Maria Santos");
    await inWebChat(company, { name: "Priya Nair" });

    await mergeContacts(company.who, gone.contactId, kept.contactId);

    expect(await owners(company)).not.toContain(gone.contactId);
    expect(await findConversation(company.who, gone.conversationId)).toMatchObject({
      contactId: kept.contactId,
      contactName: "Maria Santos",
    });
    expect(await namesFor(company, "")).toEqual(["Priya Nair", "Maria Santos"]);
    const audited = await read(company.companyId, "SELECT action, detail FROM audit WHERE company_id = $1", [
      company.companyId,
    ]);
    expect(audited).toMatchObject([{ action: "contact.merged", detail: { merged: gone.contactId } }]);
  });

  it("keeps what only the first had told, and since when they are known", async () => {
    const company = await aDesk();
    const { companyId } = company;
    const gone = await createContact(companyId, { name: "Maria", email: "maria@example.com", locale: "pt" });
    await pause(5);
    const kept = await createContact(companyId, { name: "", locale: "de" });
    const [first] = await read<{ at: Date }>(
      companyId,
      "SELECT created_at AS at FROM contact WHERE id = $1",
      [gone],
    );

    await mergeContacts(company.who, gone, kept);

    const rows = await read(companyId, "SELECT id, name, email, locale, created_at FROM contact", []);
    expect(rows).toEqual([
      { id: kept, name: "Maria", email: "maria@example.com", locale: "de", created_at: first?.at },
    ]);
  });

  it("keeps the name that one of them has told, not the number that the other is known by", async () => {
    const company = await aDesk();
    const named = await inWebChat(company, { name: "Maria Santos" });
    const numbered = await inWebChat(company, { name: "+12065550147" });

    await mergeContacts(company.who, named.contactId, numbered.contactId);

    expect(await namesFor(company, "")).toEqual(["Maria Santos"]);
  });

  it("tells every window the kept name", async () => {
    const company = await aDesk();
    const gone = await onPlatform(company, "Maria");
    const kept = await inWebChat(company, { name: "Maria Santos" });
    const heard: unknown[] = [];
    const stop = bus().subscribe(companyTopic(company.companyId), (message) =>
      heard.push(JSON.parse(message)),
    );

    await mergeContacts(company.who, gone.contactId, kept.contactId);

    await until("both conversations are told", async () => heard.length === 2);
    expect(heard).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({
          type: "row",
          conversationId: gone.conversationId,
          row: expect.objectContaining({ customer: { id: kept.contactId, name: "Maria Santos" } }),
        }),
      }),
    );
    stop();
  });

  it("is done once: the second time the first is gone", async () => {
    const company = await aDesk();
    const [gone, kept] = [await onPlatform(company, "Maria"), await onPlatform(company, "Maria Santos")];
    await mergeContacts(company.who, gone.contactId, kept.contactId);

    const again = mergeContacts(company.who, gone.contactId, kept.contactId);

    await expect(again).rejects.toMatchObject({ code: "not_found" });
    await expect(mergeContacts(company.who, kept.contactId, gone.contactId)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("refuses one contact with itself, and changes nothing", async () => {
    const company = await aDesk();
    const { contactId } = await onPlatform(company, "Maria");

    const merged = mergeContacts(company.who, contactId, contactId);

    await expect(merged).rejects.toMatchObject({ code: "invalid" });
    expect(await owners(company)).toEqual(new Set([contactId]));
  });

  it("does not find another company's contact, on either side", async () => {
    const [ours, theirs] = [await aDesk(), await aDesk()];
    const [mine, foreign] = [await onPlatform(ours, "Maria"), await onPlatform(theirs, "Maria Santos")];

    for (const [gone, kept] of [
      [mine, foreign],
      [foreign, mine],
    ] as const) {
      await expect(mergeContacts(ours.who, gone.contactId, kept.contactId)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(await owners(ours)).toEqual(new Set([mine.contactId]));
    expect(await owners(theirs)).toEqual(new Set([foreign.contactId]));
  });

  it(`ends in one contact when everybody merges in every direction at once (seed ${seed})`, async () => {
    const company = await aDesk();
    const people: string[] = [];
    for (let count = 0; count < 6; count += 1)
      people.push((await onPlatform(company, `Maria ${count}`)).contactId);
    const pairs = people.flatMap((gone) =>
      people.filter((kept) => kept !== gone).map((kept) => [gone, kept]),
    );

    const outcomes = await Promise.allSettled(
      pairs.map(async ([gone = "", kept = ""]) => {
        await pause(random() * 20);
        await mergeContacts(company.who, gone, kept);
      }),
    );

    const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(refused.filter((error) => error.code !== "not_found")).toEqual([]);
    expect(refused).toHaveLength(pairs.length - 5);
    const [last] = await owners(company);
    expect(await owners(company)).toEqual(new Set([last]));
    expect((await find(company, "")).contacts.map(({ id }) => id)).toEqual([last]);
  });

  it("takes along a conversation that the customer's message begins at the same moment", async () => {
    const company = await aDesk();
    const { companyId, agentId } = company;
    const [gone, kept] = [await onPlatform(company, "Maria"), await onPlatform(company, "Maria Santos")];
    let merged: Promise<void> | undefined;

    const conversationId = await withCompany(companyId, async (tx) => {
      const contactId = await holdContactOf(tx, companyId, gone.threadId);
      await tx.$queryRaw`SELECT id FROM thread WHERE id = ${gone.threadId}::uuid FOR UPDATE`;
      merged = mergeContacts(company.who, gone.contactId, kept.contactId);
      await pause(200);
      const { threadId } = gone;
      const renewed = await createConversationIn(tx, companyId, {
        agentId,
        contactId,
        threadId,
        channel: "whatsapp",
      });
      await tx.thread.updateMany({ where: { id: threadId }, data: { conversationId: renewed } });
      return renewed;
    });

    await merged;
    expect(await findConversation(company.who, conversationId)).toMatchObject({ contactId: kept.contactId });
  });
});
