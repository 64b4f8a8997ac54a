import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ContactAttributesBody } from "#contracts/contacts";
import { closeDatabase, openDatabase, read } from "#lib/db";
import { newId } from "#lib/ids";
import {
  append,
  contactAttributes,
  createConversation,
  findConversation,
  mergeContacts,
  pastConversations,
  setAttributes,
  setContactAttributes,
} from "#services/conversations";
import { aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 6 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function aCustomer() {
  const place = await aConversation();
  return { ...place, who: await anOperator(place.companyId) };
}

describe("what is known of a contact", () => {
  it("is changed piece by piece, and `null` takes a piece away", async () => {
    const { who, contactId } = await aCustomer();
    await setContactAttributes(who, contactId, {
      email: "kim@example.com",
      attributes: { plan: "gold", seats: 3, vip: true },
    });
    const known = await setContactAttributes(who, contactId, {
      language: "da",
      attributes: { seats: null, plan: "silver" },
    });
    expect(known).toEqual({
      id: contactId,
      name: "Kim",
      email: "kim@example.com",
      language: "da",
      attributes: { plan: "silver", vip: true },
    });
    expect(await contactAttributes(who, contactId)).toEqual(known);
    expect((await setContactAttributes(who, contactId, { email: null })).email).toBeUndefined();
  });

  it("holds fifty attributes at most, also where two add at once", async () => {
    const { who, contactId } = await aCustomer();
    const some = (from: number, many: number) =>
      Object.fromEntries(Array.from({ length: many }, (_, n) => [`attribute ${from + n}`, n]));
    await setContactAttributes(who, contactId, { attributes: some(0, 45) });
    const added = await Promise.allSettled([
      setContactAttributes(who, contactId, { attributes: some(100, 4) }),
      setContactAttributes(who, contactId, { attributes: some(200, 4) }),
    ]);
    expect(added.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(Object.keys((await contactAttributes(who, contactId)).attributes)).toHaveLength(49);
  });

  it("says in the audit what was changed, and not to what", async () => {
    const { who, contactId } = await aCustomer();
    await setContactAttributes(who, contactId, {
      email: "secret@example.com",
      attributes: { plan: "secret" },
    });
    const rows = await read<{ action: string; detail: unknown }>(
      who.companyId,
      "SELECT action, detail FROM audit WHERE object = $1",
      [contactId],
    );
    expect(rows).toEqual([{ action: "contact.changed", detail: { fields: ["email", "plan"] } }]);
  });

  it("survives a merge, what stays going first", async () => {
    const first = await aCustomer();
    const second = await aConversation(first);
    await setContactAttributes(first.who, first.contactId, {
      language: "da",
      attributes: { plan: "gold", city: "Aarhus" },
    });
    await setContactAttributes(first.who, second.contactId, { attributes: { plan: "silver" } });
    await mergeContacts(first.who, first.contactId, second.contactId);
    expect(await contactAttributes(first.who, second.contactId)).toMatchObject({
      language: "da",
      attributes: { plan: "silver", city: "Aarhus" },
    });
  });

  it.each([
    {},
    { email: "no address" },
    { name: "x".repeat(101) },
    { attributes: { "<script>": 1 } },
    { attributes: { a: { b: 1 } } },
    { attributes: { a: "x".repeat(501) } },
    { attributes: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n])) },
    { language: "English" },
  ])("refuses what it cannot keep: %j", (body) => {
    expect(ContactAttributesBody.safeParse(body).success).toBe(false);
  });

  it("is another company's own", async () => {
    const { contactId } = await aCustomer();
    const { who } = await aCustomer();
    await expect(contactAttributes(who, contactId)).rejects.toMatchObject({ code: "not_found" });
    await expect(setContactAttributes(who, contactId, { name: "Eve" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a conversation's attributes", () => {
  it("are set by a person and told to operators, with who it was", async () => {
    const { who, conversationId } = await aCustomer();
    const changed = await setAttributes(who, conversationId, {
      topic: "Orders",
      skills: ["billing"],
      language: "de",
    });
    expect([changed.topic, changed.skills, changed.language]).toEqual(["Orders", ["billing"], "de"]);
    expect((await setAttributes(who, conversationId, { language: null })).language).toBeUndefined();
    const rows = await read(
      who.companyId,
      "SELECT audience, payload FROM event WHERE conversation_id = $1 ORDER BY seq",
      [conversationId],
    );
    expect(rows).toMatchObject([
      { audience: "operators", payload: { attributes: { topic: "Orders" }, by: { id: who.userId } } },
      { audience: "operators" },
    ]);
    await expect(setAttributes(who, conversationId, { teamId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("past conversations", () => {
  it("are the others of the same customer, newest first and in whole pages", async () => {
    const { who, agentId, contactId, conversationId } = await aCustomer();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const id = await createConversation(who.companyId, { agentId, contactId });
      await append(await findConversation(who, id), {
        now: new Date(),
        messages: [{ author: { kind: "customer" }, text: "Hi" }],
      });
      ids.unshift(id);
    }
    await createConversation(who.companyId, { agentId, contactId });
    const shown: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await pastConversations(who, conversationId, { cursor, limit: 2 });
      shown.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(shown).toEqual(ids);
    await expect(
      pastConversations((await aCustomer()).who, conversationId, { limit: 2 }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
