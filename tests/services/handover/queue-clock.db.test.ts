import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSql, closeDatabase, openDatabase } from "#lib/db";
import { findConversation, messagesBefore } from "#services/conversations";
import { initiateEscalation, resolve, watchQueue } from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const hours = 3_600_000;

async function aWaitingOne(now = new Date()) {
  const company = await aCompany();
  const place = await aConversation(company);
  const { conversationId } = place;
  const conversation = await initiateEscalation(place, conversationId, {
    reason: "explicit_request",
    sentence: "asked",
    now,
  });
  const job = { companyId: place.companyId, conversationId, epoch: conversation.epoch, step: 0 };
  const lines = async () => {
    const { messages } = await messagesBefore(place, conversationId, { limit: 20, audience: "all" });
    return messages.flatMap(({ notice }) => notice?.kind ?? []);
  };
  return { place, job, lines, operator: await anOperator(company.companyId) };
}

describe("the clock of the queue", () => {
  it("is set in the commit that puts a conversation in line", async () => {
    const { job } = await aWaitingOne();
    const jobs = await callSql<{ payload: unknown }>(
      "SELECT payload FROM graphile_worker._private_jobs WHERE key = $1",
      [`queue:${job.conversationId}`],
    );
    expect(jobs).toEqual([{ payload: job }]);
  });

  it("tells who still waits that nobody was free, and goes on looking", async () => {
    const { job, lines } = await aWaitingOne();
    await watchQueue(job);
    expect(await lines()).toEqual(["escalated", "no_operators"]);
  });

  it("says nothing once the wait is over, also when another wait began", async () => {
    const { job, lines, operator } = await aWaitingOne();
    await resolve(operator, job.conversationId);
    await watchQueue(job);
    expect(await lines()).toEqual(["escalated", "resolved"]);
  });

  it("closes what was left for days, and never what is fresh", async () => {
    const { job, place, lines } = await aWaitingOne();
    await watchQueue({ ...job, step: 2 });
    expect((await findConversation(place, job.conversationId)).state).toBe("WAITING_HUMAN");

    await watchQueue({ ...job, step: 2 }, new Date(Date.now() + 80 * hours));

    expect((await findConversation(place, job.conversationId)).state).toBe("ABANDONED");
    expect(await lines()).toEqual(["escalated", "abandoned"]);
  });
});
