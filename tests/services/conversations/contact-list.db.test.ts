import { afterAll, beforeAll, expect, it } from "vitest";
import type { View } from "#contracts/operator";
import { closeDatabase, openDatabase } from "#lib/db";
import { append, createConversation, findConversation, listConversations } from "#services/conversations";
import { aCompany, aConversation } from "#support/company";
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

type Company = Awaited<ReturnType<typeof aCompany>>;

async function say(company: Company, conversationId: string, minute: number) {
  const now = new Date(Date.UTC(2026, 10, 20, 9, minute));
  const messages = [{ author: { kind: "customer" as const }, text: "Hello" }];
  await append(await findConversation(company, conversationId), { now, messages });
}

/** Five conversations of one customer and one of another, by the minute of their last words. */
async function aTalker() {
  const company = await aCompany();
  const { agentId, companyId } = company;
  const { contactId, conversationId } = await aConversation(company);
  const ids = [conversationId];
  for (let n = 1; n < 5; n++) ids.push(await createConversation(companyId, { agentId, contactId }));
  for (const [minute, id] of ids.entries()) await say(company, id, minute);
  const stranger = await aConversation(company);
  await say(company, stranger.conversationId, 30);
  return { company, contactId, newestFirst: ids.toReversed() };
}

it("lists all conversations of one contact, newest first and a page at a time", async () => {
  const { company, contactId, newestFirst } = await aTalker();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { view: "all" as View, contactId, limit: 2, ...(cursor && { cursor }) };
    const page = await listConversations(company, query);
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(seen).toEqual(newestFirst);
});

it("shows nothing of another company's contact", async () => {
  const { contactId } = await aTalker();
  const other = await aCompany();
  expect((await listConversations(other, { view: "all", contactId, limit: 10 })).rows).toEqual([]);
});
