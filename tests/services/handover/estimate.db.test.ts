import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { findConversation, messagesBefore } from "#services/conversations";
import { accept, deskJobs, estimate, estimateReport, queueBoard, queuePlace } from "#services/handover";
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
  anna = await anOperator(company.companyId);
});

/** Five who waited, each for so many minutes at the front of the line with one person there. */
async function fiveHaveWaited(minutes: number): Promise<void> {
  await comesIn(anna);
  for (let times = 0; times < 5; times += 1) {
    const id = await aWaitingOne(company);
    await accept(anna, id);
    const { epoch } = await findConversation(company, id);
    await withCompany(company.companyId, (tx) =>
      tx.queueWait.update({
        where: { conversationId_epoch: { conversationId: id, epoch: epoch - 1 } },
        data: { beganAt: new Date(Date.now() - minutes * 60_000) },
      }),
    );
  }
}

describe("an estimate", () => {
  const past = [4, 6, 5, 30, 5].map((minutes) => ({ ahead: 0, staff: 1, minutes }));

  it("follows the middle of what others waited, their place and how many were there", () => {
    expect(estimate(past, { ahead: 0, staff: 1 })).toBe(5);
    expect(estimate(past, { ahead: 3, staff: 2 })).toBe(10);
  });

  it("is not made from too little, or for nobody who could come", () => {
    expect(estimate(past.slice(0, 4), { ahead: 0, staff: 1 })).toBeUndefined();
    expect(estimate(past, { ahead: 0, staff: 0 })).toBeUndefined();
  });
});

describe("a customer who waits", () => {
  it("is told how long it will take, in words and in numbers, as soon as enough have waited", async () => {
    const unknown = await aWaitingOne(company);
    expect(await queuePlace(await findConversation(company, unknown))).toEqual({ position: 1 });
    await accept(anna, unknown);
    await fiveHaveWaited(6);

    const id = await aWaitingOne(company);

    const { messages } = await messagesBefore(company, id, { limit: 5, audience: "all" });
    expect(messages.at(-1)?.text).toContain("You are next in line. The wait is about 6 minutes.");
    expect(await queuePlace(await findConversation(company, id))).toEqual({
      position: 1,
      estimateMinutes: 6,
    });
    expect((await queueBoard(company.companyId)).entries[0]?.estimateMinutes).toBe(6);
  });
});

describe("the error of what was told", () => {
  it("is measured against how long it took", async () => {
    await fiveHaveWaited(6);
    const id = await aWaitingOne(company);
    const [told] = (await jobsOf("wait.told")).filter(({ payload }) => payload.conversationId === id);
    await deskJobs["wait.told"]?.(told?.payload);
    await accept(anna, id);
    await withCompany(company.companyId, (tx) =>
      tx.queueWait.updateMany({
        where: { conversationId: id },
        data: { beganAt: new Date(Date.now() - 9 * 60_000) },
      }),
    );

    const report = await estimateReport(company.companyId);

    expect(report).toMatchObject({ samples: 1, medianErrorMinutes: 3, biasMinutes: 3 });
    expect(report.recent[0]).toMatchObject({ toldMinutes: 6, waitedMinutes: 9 });
  });

  it("is unknown while nobody was told anything", async () => {
    expect(await estimateReport(company.companyId)).toEqual({ samples: 0, recent: [] });
  });
});
