import { afterAll, beforeAll, expect, it } from "vitest";
import type { View } from "#contracts/operator";
import { closeDatabase, openDatabase } from "#lib/db";
import { append, findConversation, listConversations } from "#services/conversations";
import { accept } from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne } from "#support/desk";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 6 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute));

type Company = Awaited<ReturnType<typeof aCompany>>;

/** A conversation that waits since a minute, promised by another, or with no promise. */
async function waiting(company: Company, since: number, promised?: number): Promise<string> {
  const id = await aWaitingOne(company, { now: at(since) });
  if (promised === undefined) return id;
  const moment = at(promised).toISOString();
  const due = { kind: "first_response" as const, since: at(since).toISOString(), warnAt: moment, at: moment };
  await append(await findConversation(company, id), { now: at(since), attributes: { due } });
  return id;
}

/** Everything of a view by promise, read two at a time. */
async function dueFirst(who: Parameters<typeof listConversations>[0], view: View): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listConversations(who, { view, sort: "due", limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  return seen;
}

it("lists what needs a person by the promise that ends first, and what has none last, page by page", async () => {
  const company = await aCompany();
  const relaxed = await waiting(company, 1, 50);
  const bare = await waiting(company, 2);
  const pressing = await waiting(company, 3, 10);
  const barer = await waiting(company, 4);
  const broken = await waiting(company, 5, 6);
  const expected = [broken, pressing, relaxed, bare, barer];
  expect(await dueFirst(company, "needs_response")).toEqual(expected);
  expect(await dueFirst(company, "unassigned")).toEqual(expected);
});

it("sorts an operator's own in the same way, and shows none of another's", async () => {
  const company = await aCompany();
  const anna = await anOperator(company.companyId);
  const relaxed = await waiting(company, 1, 50);
  const pressing = await waiting(company, 2, 10);
  await waiting(company, 3, 5);
  for (const id of [relaxed, pressing]) await accept(anna, id);
  expect(await dueFirst(anna, "mine")).toEqual([pressing, relaxed]);
});

it("leaves views that hold no promises in their own order, and refuses a page marker of another order", async () => {
  const company = await aCompany();
  await waiting(company, 1, 50);
  await waiting(company, 2, 10);
  const usual = await listConversations(company, { view: "all", limit: 1 });
  const asked = await listConversations(company, { view: "all", sort: "due", limit: 1 });
  expect(asked.rows).toEqual(usual.rows);
  const { next: cursor } = await listConversations(company, { view: "needs_response", limit: 1 });
  const mixed = {
    view: "needs_response" as const,
    sort: "due" as const,
    limit: 1,
    ...(cursor && { cursor }),
  };
  await expect(listConversations(company, mixed)).rejects.toMatchObject({ code: "invalid" });
});
