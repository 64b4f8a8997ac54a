import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Schedule } from "#contracts/office-hours";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { createConversation, findConversation, messagesBefore } from "#services/conversations";
import { createOfficeHours, initiateEscalation, watchQueue } from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, jobsOf } from "#support/desk";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
let anna: OperatorWho;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  company = await aCompany();
  anna = await anOperator(company.companyId, { name: "Anna", role: "owner" });
});

const saturday = new Date("2026-11-28T15:00:00Z");
const wednesday = new Date("2026-11-25T10:00:00Z");
const workday = [{ from: "09:00", to: "17:00" }];
const week: Schedule["week"] = {
  monday: workday,
  tuesday: workday,
  wednesday: workday,
  thursday: workday,
  friday: workday,
  saturday: [],
  sunday: [],
};
const setHours = () =>
  createOfficeHours(anna, { name: "Office", schedule: { timeZone: "Europe/Berlin", week, holidays: [] } });
const lines = async (id: string) =>
  (await messagesBefore(company, id, { limit: 20, audience: "all" })).messages;
const jobFor = async (id: string, step = 0) => ({
  companyId: company.companyId,
  conversationId: id,
  epoch: (await findConversation(company, id)).epoch,
  step,
});
const hours = 3_600_000;

describe("a customer for whom nobody is there", () => {
  it("is told when somebody is back, asked for an address, and keeps their place", async () => {
    await setHours();
    const id = await aWaitingOne(company, { now: saturday });
    const [line] = await lines(id);
    expect(line?.text).toContain("We are back on Monday 30 November at 09:00 (Berlin time).");
    expect(line?.notice).toMatchObject({
      kind: "no_operators",
      backAt: "2026-11-30T08:00:00.000Z",
      asks: "email",
      position: 1,
    });
    expect((await findConversation(company, id)).state).toBe("WAITING_HUMAN");
  });

  it("is not asked for an address that is known", async () => {
    await setHours();
    const first = await aWaitingOne(company, { now: saturday });
    const { contactId } = await findConversation(company, first);
    await withCompany(company.companyId, (tx) =>
      tx.contact.update({ where: { id: contactId }, data: { email: "kim@example.com" } }),
    );
    const id = await createConversation(company.companyId, { agentId: company.agentId, contactId });
    await initiateEscalation(company, id, { reason: "explicit_request", sentence: "asked", now: saturday });
    const [line] = await lines(id);
    expect(line?.notice?.asks).toBeUndefined();
    expect(line?.text).not.toContain("kim@example.com");
  });

  it("is told that nobody is free where the doors are open and nobody is in", async () => {
    await setHours();
    const [line] = await lines(await aWaitingOne(company, { now: wednesday }));
    expect(line?.notice).toMatchObject({ kind: "no_operators", asks: "email" });
    expect(line?.notice?.backAt).toBeUndefined();
  });

  it("waits as ever where somebody is in, or where the company has set no hours", async () => {
    const [free] = await lines(await aWaitingOne(company, { now: saturday }));
    expect(free?.notice?.kind).toBe("escalated");
    await setHours();
    await comesIn(anna);
    const [open] = await lines(await aWaitingOne(company, { now: wednesday }));
    expect(open?.notice?.kind).toBe("escalated");
  });

  it("is not reminded while the doors are shut, but soon after they open", async () => {
    await setHours();
    const id = await aWaitingOne(company, { now: saturday });
    await watchQueue(await jobFor(id), saturday);
    expect(await lines(id)).toHaveLength(1);
    const [job] = (await jobsOf("queue.clock")).filter(({ key }) => key === `queue:${id}`);
    expect(job?.runAt).toEqual(new Date("2026-11-30T08:02:00Z"));
  });

  it("is not forgotten over a long weekend, and never once they left an address", async () => {
    await setHours();
    const friday = new Date("2026-11-27T15:30:00Z");
    const id = await aWaitingOne(company, { now: friday });
    await lastWrote(id, friday);
    // Longer ago than anybody waits, but the doors were hardly open since.
    await watchQueue(await jobFor(id, 2), new Date(friday.getTime() + 73 * hours));
    expect((await findConversation(company, id)).state).toBe("WAITING_HUMAN");

    const { contactId } = await findConversation(company, id);
    await withCompany(company.companyId, (tx) =>
      tx.contact.update({ where: { id: contactId }, data: { email: "kim@example.com" } }),
    );
    await watchQueue(await jobFor(id, 2), new Date(friday.getTime() + 300 * hours));
    expect((await findConversation(company, id)).state).toBe("WAITING_HUMAN");
  });

  it("is let go once people were there for long, and they neither wrote nor left an address", async () => {
    await setHours();
    const id = await aWaitingOne(company, { now: wednesday });
    await lastWrote(id, wednesday);
    await watchQueue(await jobFor(id, 2), new Date(wednesday.getTime() + 80 * hours));
    expect((await findConversation(company, id)).state).toBe("ABANDONED");
  });
});

async function lastWrote(id: string, lastMessageAt: Date): Promise<void> {
  await withCompany(company.companyId, (tx) =>
    tx.conversation.update({ where: { id }, data: { lastMessageAt } }),
  );
}
