import { afterAll, beforeAll, expect, it } from "vitest";
import type { View } from "#contracts/operator";
import { callSql, closeDatabase, openDatabase, withCompany } from "#lib/db";
import {
  append,
  endSnooze,
  eventsAfter,
  findConversation,
  listConversations,
  snooze,
  wake,
} from "#services/conversations";
import { assignToOperator, resolve, sendAsOperator } from "#services/handover";
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

const inAnHour = () => new Date(Date.now() + 3_600_000);

async function held() {
  const place = await aConversation();
  const who = await anOperator(place.companyId);
  const { conversationId: id } = place;
  await append(await findConversation(who, id), {
    now: new Date(),
    messages: [{ author: { kind: "customer" }, text: "Hello?" }],
  });
  await assignToOperator(who, id, who.userId);
  return { who, id };
}

async function viewsOf(who: Awaited<ReturnType<typeof held>>["who"], id: string): Promise<string[]> {
  const names: View[] = ["needs_response", "waiting_customer", "snoozed", "mine"];
  const pages = await Promise.all(names.map((view) => listConversations(who, { view, limit: 10 })));
  for (const [n, { rows, counts }] of pages.entries())
    expect([names[n], counts[names[n] ?? "all"]]).toEqual([names[n], rows.length]);
  return names.filter((_, n) => pages[n]?.rows.some((row) => row.id === id));
}

/** The time of a snooze has come: what the clock does in an hour. */
async function timePasses(companyId: string, id: string): Promise<string> {
  const until = new Date(Date.now() - 1_000);
  await withCompany(companyId, (tx) =>
    tx.conversation.updateMany({ where: { id }, data: { snoozedUntil: until } }),
  );
  return until.toISOString();
}

it("puts a conversation out of sight until its time, and enqueues its waking in the same commit", async () => {
  const { who, id } = await held();
  const until = inAnHour();
  const snoozed = await snooze(who, id, until);
  expect(snoozed.snoozedUntil).toBe(until.toISOString());
  expect(await viewsOf(who, id)).toEqual(["snoozed", "mine"]);
  const jobs = await callSql<{ run_at: Date }>("SELECT run_at FROM graphile_worker.jobs WHERE key = $1", [
    `wake:${id}`,
  ]);
  expect(jobs.map(({ run_at }) => run_at.getTime())).toEqual([until.getTime()]);
  const { events } = await eventsAfter(who, id, { after: snoozed.head - 1, limit: 5, audience: "operators" });
  expect(events).toMatchObject([
    {
      type: "attributes",
      attributes: { snoozedUntil: until.toISOString() },
      by: { kind: "operator", id: who.userId },
    },
  ]);
  expect((await eventsAfter(who, id, { after: snoozed.head - 1, limit: 5, audience: "all" })).events).toEqual(
    [],
  );
});

it("wakes it when its time has come: it needs a response whoever spoke last, until somebody answers", async () => {
  const { who, id } = await held();
  await sendAsOperator(who, id, { clientId: "1", text: "I will look into it.", audience: "all" });
  await snooze(who, id, inAnHour());
  await wake({ companyId: who.companyId, conversationId: id, until: await timePasses(who.companyId, id) });
  const woken = await findConversation(who, id);
  expect([woken.snoozedUntil, woken.wokenAt]).toEqual([undefined, expect.any(String)]);
  expect(await viewsOf(who, id)).toEqual(["needs_response", "mine"]);
  const { rows } = await listConversations(who, { view: "mine", limit: 5 });
  expect(rows[0]?.attributes.wokenAt).toBe(woken.wokenAt);
  await sendAsOperator(who, id, { clientId: "2", text: "It is on its way.", audience: "all" });
  expect(await viewsOf(who, id)).toEqual(["waiting_customer", "mine"]);
  expect(
    (await listConversations(who, { view: "mine", limit: 5 })).rows[0]?.attributes.wokenAt,
  ).toBeUndefined();
});

it("is woken at once by a word of the customer, and the job finds nothing left to do", async () => {
  const { who, id } = await held();
  const { snoozedUntil: until = "" } = await snooze(who, id, inAnHour());
  await append(await findConversation(who, id), {
    now: new Date(),
    messages: [{ author: { kind: "customer" }, text: "Well?" }],
  });
  expect(await viewsOf(who, id)).toEqual(["needs_response", "mine"]);
  const { head } = await findConversation(who, id);
  await wake({ companyId: who.companyId, conversationId: id, until });
  expect((await findConversation(who, id)).head).toBe(head);
});

it("leaves a snooze alone that was begun anew while the job of the old one ran", async () => {
  const { who, id } = await held();
  await snooze(who, id, inAnHour());
  const until = await timePasses(who.companyId, id);
  const job = { companyId: who.companyId, conversationId: id, until };
  const later = inAnHour();
  await Promise.all([snooze(who, id, later), wake(job)]);
  await wake(job);
  expect((await findConversation(who, id)).snoozedUntil).toBe(later.toISOString());
});

it("ends with a change of hands and with the end of the conversation", async () => {
  const { who, id } = await held();
  const ben = await anOperator(who.companyId, { name: "Ben" });
  await snooze(who, id, inAnHour());
  expect((await assignToOperator(who, id, ben.userId)).snoozedUntil).toBeUndefined();
  await snooze(ben, id, inAnHour());
  expect((await resolve(ben, id)).snoozedUntil).toBeUndefined();
  expect(await viewsOf(who, id)).toEqual([]);
});

it("comes back as it was when it is ended by hand", async () => {
  const { who, id } = await held();
  await sendAsOperator(who, id, { clientId: "1", text: "One moment.", audience: "all" });
  await snooze(who, id, inAnHour());
  expect((await endSnooze(who, id)).snoozedUntil).toBeUndefined();
  expect(await viewsOf(who, id)).toEqual(["waiting_customer", "mine"]);
});

it("is refused with a sentence for the past, for years, for the assistant's and for what is closed", async () => {
  const { who, id } = await held();
  await expect(snooze(who, id, new Date(Date.now() - 1))).rejects.toMatchObject({ code: "invalid" });
  await expect(snooze(who, id, new Date(Date.now() + 400 * 86_400_000))).rejects.toMatchObject({
    code: "invalid",
  });
  await resolve(who, id);
  await expect(snooze(who, id, inAnHour())).rejects.toMatchObject({ code: "conflict" });
  const { companyId, conversationId } = await aConversation();
  const stranger = await anOperator(companyId);
  await expect(snooze(stranger, conversationId, inAnHour())).rejects.toMatchObject({ code: "conflict" });
  await expect(snooze(stranger, id, inAnHour())).rejects.toMatchObject({ code: "not_found" });
});
