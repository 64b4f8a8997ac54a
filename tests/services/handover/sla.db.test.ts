import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SlaPolicyBody as Policy, type SlaPolicyBody } from "#contracts/desk";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { startJobs } from "#lib/jobs";
import type { OperatorWho } from "#services/accounts";
import { append, findConversation } from "#services/conversations";
import {
  accept,
  checkClocks,
  createOfficeHours,
  createPolicy,
  deskJobs,
  deskTimes,
  listPolicies,
  removeOfficeHours,
  removePolicy,
  resolve,
  savePolicy,
  sendAsOperator,
} from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, forgetJobs, jobsOf } from "#support/desk";
import { until } from "#support/readers";

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

const aPolicy = (over: Partial<SlaPolicyBody> = {}) =>
  createPolicy(
    anna,
    Policy.parse({ name: "Gold", targets: { firstResponse: 10, nextResponse: 20, resolution: 60 }, ...over }),
  );
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const check = (conversationId: string, now?: Date) => checkClocks({ ...company, conversationId }, now);
const dueOf = async (id: string) => (await findConversation(company, id)).due;
const clocksOf = (conversationId: string) =>
  withCompany(company.companyId, (tx) =>
    tx.slaClock.findMany({ where: { conversationId }, orderBy: { startedAt: "asc" } }),
  );
const alerts = async () =>
  (await jobsOf("notify.operator"))
    .map(({ payload }) => payload)
    .filter((alert) => alert.companyId === company.companyId);
const answers = (id: string) =>
  sendAsOperator(anna, id, { clientId: newId(), text: "Hello.", audience: "all" });
const recompute = async () => {
  await deskJobs["sla.recompute"]?.({ companyId: company.companyId });
  const jobs = (await jobsOf("sla.check")).filter(
    ({ key, payload }) => payload.companyId === company.companyId && key?.startsWith("sla:"),
  );
  for (const { payload } of jobs) await deskJobs["sla.check"]?.(payload);
};

describe("the clocks of a conversation", () => {
  it("are looked at in the commit that brings people in, and only where something is promised", async () => {
    const before = await aWaitingOne(company);
    await aPolicy();
    const id = await aWaitingOne(company);
    const keys = (await jobsOf("sla.check")).map(({ key }) => key);
    expect(keys).toContain(`sla:${id}`);
    expect(keys).not.toContain(`sla:${before}`);
  });

  it("show what is due first, warn once, and say once that it was broken", async () => {
    await aPolicy();
    const id = await aWaitingOne(company);
    await check(id);
    expect(await dueOf(id)).toMatchObject({ kind: "first_response" });
    const [next] = (await jobsOf("sla.check")).filter(({ key }) => key === `sla-at:${id}`);
    expect(next?.runAt.getTime()).toBeLessThan(later(7.6).getTime());

    const told: unknown[] = [];
    for (const minutes of [8, 8.5, 11, 12]) {
      await check(id, later(minutes));
      told.push((await alerts()).map(({ kind }) => kind));
      await forgetJobs("notify.operator");
    }

    expect(told).toEqual([["sla_warning"], [], ["sla_breach"], []]);
  });

  it("tell who holds the conversation, and whoever leads what was broken", async () => {
    await aPolicy();
    const ben = await anOperator(company.companyId, { name: "Ben" });
    const id = await aWaitingOne(company);
    await accept(ben, id);
    await check(id, later(8));
    await check(id, later(11));
    const told = await alerts();
    expect(told[0]?.operatorIds).toEqual([ben.userId]);
    expect(told[1]?.operatorIds).toEqual([ben.userId, anna.userId]);
  });

  it("are kept as met, and the next begins with the customer's next words", async () => {
    await aPolicy();
    const id = await aWaitingOne(company);
    await accept(anna, id);
    await answers(id);
    await check(id);
    expect(await dueOf(id)).toBeUndefined();
    const words = { author: { kind: "customer" as const }, text: "And then?" };
    await append(await findConversation(company, id), { now: new Date(), messages: [words] });
    await check(id);
    expect(await dueOf(id)).toMatchObject({ kind: "next_response" });
    await resolve(anna, id);
    await check(id);
    expect(await dueOf(id)).toBeUndefined();
    expect(
      (await clocksOf(id)).map(({ kind, metAt, endedAt }) => [kind, metAt !== null, endedAt !== null]),
    ).toEqual(
      expect.arrayContaining([
        ["first_response", true, false],
        ["next_response", false, true],
        ["resolution", true, false],
      ]),
    );
  });

  it("change nothing however often, and by however many at once, they are looked at", async () => {
    await aPolicy();
    const id = await aWaitingOne(company);
    await Promise.all(Array.from({ length: 6 }, () => check(id)));
    const { head } = await findConversation(company, id);
    await check(id);
    expect((await findConversation(company, id)).head).toBe(head);
    expect(await clocksOf(id)).toHaveLength(2);
  });

  it("do nothing to a conversation that people never had", async () => {
    await aPolicy();
    const { conversationId } = await aConversation(company);
    await check(conversationId);
    expect(await clocksOf(conversationId)).toEqual([]);
  });
});

describe("a policy", () => {
  it("that changes sets what runs anew", async () => {
    const { id: policyId, version } = await aPolicy();
    const id = await aWaitingOne(company);
    await check(id);
    const before = (await dueOf(id))?.at ?? "";
    await savePolicy(anna, policyId, Policy.parse({ name: "Gold", targets: { firstResponse: 40 }, version }));
    await recompute();
    expect(Date.parse((await dueOf(id))?.at ?? "") - Date.parse(before)).toBe(30 * 60_000);
  });

  it("that is removed while it runs leaves its clocks to the next that matches, or ends them", async () => {
    const gold = await aPolicy();
    const silver = await aPolicy({ name: "Silver", position: 1, targets: { firstResponse: 30 } });
    const id = await aWaitingOne(company);
    await check(id);
    expect(await removePolicy(anna, gold.id)).toEqual({ clocks: 2 });
    await recompute();
    const [first] = (await clocksOf(id)).filter(({ kind }) => kind === "first_response");
    expect([first?.policyName, first?.endedAt]).toEqual(["Silver", null]);
    await removePolicy(anna, silver.id);
    await recompute();
    expect(await dueOf(id)).toBeUndefined();
    expect((await findConversation(company, id)).state).toBe("WAITING_HUMAN");
  });

  it("is the first in order that is for the conversation", async () => {
    await aPolicy({ name: "Phone", match: { channels: ["sms"] }, targets: { firstResponse: 1 } });
    await aPolicy({ name: "Tagged", position: 1, match: { tags: ["vip"] }, targets: { firstResponse: 2 } });
    await aPolicy({ name: "Rest", position: 2, targets: { firstResponse: 3 } });
    const id = await aWaitingOne(company);
    await check(id);
    expect((await clocksOf(id))[0]?.policyName).toBe("Rest");
    await append(await findConversation(company, id), {
      now: new Date(),
      attributes: { addTags: ["vip"] },
    });
    await check(id);
    expect((await clocksOf(id))[0]?.policyName).toBe("Tagged");
  });

  it("counts what was kept and broken", async () => {
    await aPolicy();
    const [late, kept] = [await aWaitingOne(company), await aWaitingOne(company)];
    await check(late, later(11));
    await accept(anna, kept);
    await answers(kept);
    await check(kept);
    expect((await listPolicies(company.companyId))[0]).toMatchObject({ met: 1, breached: 1, running: 3 });
  });

  it("under another's version, name or hours is refused in a sentence", async () => {
    const { id } = await aPolicy();
    await expect(aPolicy()).rejects.toMatchObject({ code: "conflict", message: /name already/ });
    const stale = Policy.parse({ name: "Gold", targets: { firstResponse: 1 }, version: 7 });
    await expect(savePolicy(anna, id, stale)).rejects.toMatchObject({ code: "conflict" });
    const hours = { kind: "schedule" as const, scheduleId: newId() };
    await expect(aPolicy({ name: "Night", hours })).rejects.toMatchObject({ code: "not_found" });
    expect(Policy.safeParse({ name: "None", targets: {} }).error?.issues[0]?.message).toMatch(/at least one/);
  });
});

describe("clocks in office hours", () => {
  const week = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
  const schedule = { timeZone: "UTC", week, holidays: [] };

  it("say that they stand still, and until when", async () => {
    const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    const holidays = [{ date: tomorrow, name: "Open day", intervals: [{ from: "10:00", to: "12:00" }] }];
    await createOfficeHours(anna, { name: "Office", schedule: { ...schedule, holidays } });
    await aPolicy();
    const id = await aWaitingOne(company);
    await check(id);
    expect(await dueOf(id)).toMatchObject({
      pausedUntil: `${tomorrow}T10:00:00.000Z`,
      at: `${tomorrow}T10:10:00.000Z`,
    });
  });

  it("run day and night where the hours never are open, and the policy says so", async () => {
    await createOfficeHours(anna, { name: "Never", schedule });
    await aPolicy();
    const id = await aWaitingOne(company);
    await check(id);
    expect(Date.parse((await dueOf(id))?.at ?? "")).toBeLessThan(later(11).getTime());
    expect((await listPolicies(company.companyId))[0]?.warning).toMatch(/never open/);
  });

  it("cannot lose the hours they keep", async () => {
    await createOfficeHours(anna, { name: "Office", schedule });
    const night = await createOfficeHours(anna, { name: "Night", schedule });
    await aPolicy({ hours: { kind: "schedule", scheduleId: night.id } });
    await expect(removeOfficeHours(anna, night.id)).rejects.toMatchObject({
      code: "conflict",
      message: "The clocks of “Gold” keep these hours: give that policy others first.",
    });
  });
});

describe("the worker", () => {
  it("keeps the clocks by itself, from the moment a person is asked for to their answer", async () => {
    await aPolicy();
    const worker = await startJobs(deskJobs, { crontab: deskTimes });
    try {
      const id = await aWaitingOne(company);
      await until("something is due", async () => (await dueOf(id))?.kind === "first_response");
      await accept(anna, id);
      await answers(id);
      await until("nothing is due any more", async () => (await dueOf(id)) === undefined);
    } finally {
      await worker.stop();
    }
  });
});
