import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { View } from "#contracts/operator";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { append, changeTags, findConversation, listConversations, listTags } from "#services/conversations";
import { assignToOperator, resolve } from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
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

async function aDesk(conversations: number) {
  const company = await aCompany();
  const who = await anOperator(company.companyId);
  const ids: string[] = [];
  for (let n = 0; n < conversations; n += 1) {
    const { conversationId } = await aConversation(company);
    const now = new Date(Date.now() - (conversations - n) * 60_000);
    await append(await findConversation(company, conversationId), {
      now,
      messages: [{ author: { kind: "customer" }, text: "Hello" }],
    });
    ids.unshift(conversationId);
  }
  return { company, who, ids };
}

const add = (...tags: string[]) => ({ add: tags, remove: [] });
const remove = (...tags: string[]) => ({ add: [], remove: tags });
const counts = async (who: { companyId: string }, query = "") =>
  (await listTags(who, { query, limit: 10 })).tags;

describe("tags", () => {
  it("are added and removed one by one, so that two who tag at once lose nothing", async () => {
    const {
      who,
      ids: [id = ""],
    } = await aDesk(1);
    await Promise.all([
      changeTags(who, id, add("vip")),
      changeTags(who, id, add("refund")),
      changeTags(who, id, add("vip")),
    ]);
    expect((await findConversation(who, id)).tags.toSorted()).toEqual(["refund", "vip"]);
    expect(await counts(who)).toEqual([
      { tag: "refund", count: 1 },
      { tag: "vip", count: 1 },
    ]);
  });

  it("write nothing where they change nothing, and never more than a conversation can carry", async () => {
    const {
      who,
      ids: [id = ""],
    } = await aDesk(1);
    const { head } = await changeTags(who, id, add("vip"));
    expect((await changeTags(who, id, { add: ["vip"], remove: ["none"] })).head).toBe(head);
    const many = Array.from({ length: 30 }, (_, n) => `tag${n}`);
    await expect(changeTags(who, id, add(...many))).rejects.toMatchObject({ code: "invalid" });
  });

  it("are counted in the commit that changes them, and found by their beginning", async () => {
    const {
      who,
      ids: [a = "", b = ""],
    } = await aDesk(2);
    await changeTags(who, a, add("refund", "vip"));
    await changeTags(who, b, add("refund"));
    expect(await counts(who)).toEqual([
      { tag: "refund", count: 2 },
      { tag: "vip", count: 1 },
    ]);
    expect(await counts(who, "re")).toEqual([{ tag: "refund", count: 2 }]);
    await changeTags(who, b, remove("refund"));
    await withCompany(who.companyId, (tx) => tx.conversation.deleteMany({ where: { id: a } }));
    expect(await counts(who)).toEqual([]);
  });

  it("take their counts along when the company goes", async () => {
    const {
      who,
      company,
      ids: [id = ""],
    } = await aDesk(1);
    await changeTags(who, id, add("vip"));
    await withCompany(company.companyId, (tx) => tx.conversation.deleteMany({}));
    await withCompany(company.companyId, (tx) => tx.contact.deleteMany({}));
    await withCompany(company.companyId, (tx) => tx.company.deleteMany({}));
    expect(await counts(who)).toEqual([]);
  });
});

describe("a list narrowed", () => {
  it("holds what carries the tag, newest first and in whole pages", async () => {
    const { who, ids } = await aDesk(5);
    const [newest = "", , middle = "", , oldest = ""] = ids;
    for (const id of [oldest, newest, middle]) await changeTags(who, id, add("vip"));
    await append(await findConversation(who, oldest), {
      now: new Date(),
      messages: [{ author: { kind: "customer" }, text: "Again" }],
    });
    const first = await listConversations(who, { view: "all", tag: "vip", limit: 2 });
    expect(first.rows.map(({ id }) => id)).toEqual([oldest, newest]);
    const second = await listConversations(who, { view: "all", tag: "vip", limit: 2, cursor: first.next });
    expect([second.rows.map(({ id }) => id), second.next]).toEqual([[middle], undefined]);
  });

  const views: View[] = [
    "needs_response",
    "mine",
    "unassigned",
    "waiting_customer",
    "snoozed",
    "all",
    "ai",
    "resolved",
  ];

  it("holds exactly what the whole list holds and the filter lets through, in every view", async () => {
    const { who, company, ids } = await aDesk(12);
    const ben = await anOperator(company.companyId, { name: "Ben" });
    const teamId = newId();
    await withCompany(company.companyId, (tx) =>
      tx.team.create({ data: { id: teamId, companyId: company.companyId, name: "Billing" } }),
    );
    for (const [n, id] of ids.entries()) {
      if (n % 3 === 0) await changeTags(who, id, add("vip"));
      if (n % 2 === 0) await assignToOperator(who, id, n % 4 === 0 ? who.userId : ben.userId);
      if (n % 5 === 0)
        await append(await findConversation(who, id), { now: new Date(), attributes: { teamId } });
      if (n % 6 === 0) await resolve(who, id);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...views),
        fc.record(
          {
            tag: fc.constantFrom("vip", "none"),
            operatorId: fc.constantFrom(who.userId, ben.userId),
            teamId: fc.constant(teamId),
            channel: fc.constantFrom("web" as const, "whatsapp" as const),
            snoozed: fc.constantFrom("only" as const, "without" as const),
          },
          { requiredKeys: [] },
        ),
        fc.integer({ min: 1, max: 4 }),
        async (view, filters, limit) => {
          const all = (await listConversations(who, { view, limit: 50 })).rows;
          const expected = all.filter(
            ({ attributes, state, channel }) =>
              (filters.tag === undefined || attributes.tags.includes(filters.tag)) &&
              (filters.operatorId === undefined || state.operator?.id === filters.operatorId) &&
              (filters.teamId === undefined || attributes.teamId === filters.teamId) &&
              (filters.channel === undefined || channel === filters.channel) &&
              (filters.snoozed === undefined ||
                (filters.snoozed === "only") === (attributes.snoozedUntil !== undefined)),
          );
          const paged: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await listConversations(who, { view, ...filters, limit, cursor });
            paged.push(...page.rows.map(({ id }) => id));
            cursor = page.next;
          } while (cursor !== undefined);
          expect(paged.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });
});
