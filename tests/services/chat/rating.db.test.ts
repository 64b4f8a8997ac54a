import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callSql, closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OperatorWho } from "#services/accounts";
import { customerRates, customerRating, jobHandlers } from "#services/chat";
import { append, findConversation, messagesBefore } from "#services/conversations";
import {
  abandon,
  accept,
  handBackToAI,
  initiateEscalation,
  reopen,
  resolve,
  sendAsOperator,
} from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { jobsOf } from "#support/desk";

let database: FreshDatabase;
let anna: OperatorWho;
let companyId: string;
let conversationId: string;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  const company = await aCompany();
  companyId = company.companyId;
  anna = await anOperator(companyId);
  conversationId = (await aConversation(company)).conversationId;
});

type Customer = Parameters<typeof customerRates>[0];

const customer = () => ({ companyId, conversationId }) as Customer;

async function says(kind: "customer" | "agent", text = "Hello") {
  await append(await findConversation({ companyId }, conversationId), {
    now: new Date(),
    messages: [{ author: { kind }, text }],
  });
}

async function replies() {
  await initiateEscalation({ companyId }, conversationId, { reason: "manual", sentence: "asked" });
  await accept(anna, conversationId);
  await sendAsOperator(anna, conversationId, { clientId: newId(), text: "Let me look", audience: "all" });
}

/** Does the jobs of this name that are in line, as the worker would. */
async function work(task: "rating.ask" | "rating.tell") {
  const jobs = await callSql<{ payload: unknown }>(
    `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
     WHERE t.id = j.task_id AND t.identifier = $1 AND j.payload->>'companyId' = $2 RETURNING j.payload`,
    [task, companyId],
  );
  for (const { payload } of jobs) await jobHandlers[task]?.(payload);
  return jobs.length;
}

async function lines(kind: "rate" | "rated") {
  const { messages } = await messagesBefore({ companyId }, conversationId, {
    limit: 100,
    audience: "operators",
  });
  return messages.filter(({ notice }) => notice?.kind === kind).map(({ text, audience }) => [audience, text]);
}

describe("the question", () => {
  it("follows from every end of a conversation, in the same commit", async () => {
    await says("customer");
    await says("agent");
    await resolve(anna, conversationId);
    expect(await work("rating.ask")).toBe(1);
    expect(await lines("rate")).toEqual([["all", "How was your conversation with Nori?"]]);
    expect((await customerRating(customer())).rating).toMatchObject({ of: "ai", name: "Nori" });
  });

  it("waits a while, so that an end that was taken back asks nobody, and the next one does", async () => {
    await says("customer");
    await says("agent");
    const before = Date.now();
    await resolve(anna, conversationId);
    await reopen(anna, conversationId);
    await resolve(anna, conversationId);
    const waiting = (await jobsOf("rating.ask")).filter(
      ({ payload }) => payload.conversationId === conversationId,
    );
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.runAt.getTime()).toBeGreaterThan(before + 25_000);
    await work("rating.ask");
    expect(await lines("rate")).toHaveLength(1);
  });

  it("is about the person, where a person spoke last", async () => {
    await says("customer");
    await says("agent");
    await replies();
    await resolve(anna, conversationId);
    await work("rating.ask");
    expect((await customerRating(customer())).rating).toMatchObject({ of: "human", name: "Anna" });
    expect(await read(companyId, "SELECT operator_id FROM rating")).toEqual([{ operator_id: anna.userId }]);
  });

  it("is about the assistant again, where it was handed back and ended it", async () => {
    await says("customer");
    await replies();
    await handBackToAI(anna, conversationId);
    await says("customer");
    await says("agent");
    await abandon({ companyId }, conversationId);
    await work("rating.ask");
    expect((await customerRating(customer())).rating?.of).toBe("ai");
  });

  it("is not put to whoever got no answer", async () => {
    await says("customer");
    await abandon({ companyId }, conversationId);
    await work("rating.ask");
    expect(await customerRating(customer())).toEqual({ rating: undefined });
  });

  it("is not put to whoever has gone on meanwhile", async () => {
    await says("customer");
    await says("agent");
    await resolve(anna, conversationId);
    await reopen(anna, conversationId);
    await work("rating.ask");
    expect(await lines("rate")).toEqual([]);
  });

  it("is put once about the assistant and once about a person, however often the conversation ends", async () => {
    await says("customer");
    await says("agent");
    for (let round = 0; round < 3; round += 1) {
      await resolve(anna, conversationId);
      await work("rating.ask");
      await reopen(anna, conversationId);
    }
    await accept(anna, conversationId);
    await sendAsOperator(anna, conversationId, { clientId: newId(), text: "Sorry", audience: "all" });
    await resolve(anna, conversationId);
    await work("rating.ask");
    expect((await lines("rate")).map(([, text]) => text)).toEqual([
      "How was your conversation with Nori?",
      "How was your conversation with Anna?",
    ]);
  });

  it("is put once when several workers take it up at once", async () => {
    await says("customer");
    await says("agent");
    await resolve(anna, conversationId);
    await Promise.all([1, 2, 3].map(() => jobHandlers["rating.ask"]?.({ companyId, conversationId })));
    expect(await lines("rate")).toHaveLength(1);
  });

  it("is put by the next worker where the first died with the question kept and not asked", async () => {
    await says("customer");
    await says("agent");
    await resolve(anna, conversationId);
    const kept = { id: newId(), companyId, conversationId, of: "ai", name: "Nori", messageId: newId() };
    await withCompany(companyId, (tx) => tx.rating.create({ data: { ...kept, askedAt: new Date() } }));
    expect(await customerRating(customer())).toEqual({ rating: undefined });
    await work("rating.ask");
    expect(await lines("rate")).toHaveLength(1);
    expect((await customerRating(customer())).rating?.of).toBe("ai");
  });
});

describe("the answer", () => {
  beforeEach(async () => {
    await says("customer");
    await says("agent");
    await resolve(anna, conversationId);
    await work("rating.ask");
  });

  it("is kept, and told to operators alone", async () => {
    await customerRates(customer(), { score: 4, comment: "Quick" });
    await work("rating.tell");
    expect(await lines("rated")).toEqual([
      ["operators", "The customer rated the conversation with Nori 4 of 5: “Quick”"],
    ]);
  });

  it("can be changed for ten minutes, and keeps its comment", async () => {
    const now = new Date();
    await customerRates(customer(), { score: 2, comment: "Slow" }, now);
    const changed = await customerRates(customer(), { score: 5 }, new Date(now.getTime() + 9 * 60_000));
    expect(changed).toMatchObject({ score: 5, comment: "Slow" });
    const late = customerRates(customer(), { score: 1 }, new Date(now.getTime() + 11 * 60_000));
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    expect((await customerRating(customer())).rating?.score).toBe(5);
  });

  it("given twice at once is one rating, told once", async () => {
    await Promise.all([1, 2, 3].map(() => customerRates(customer(), { score: 3 })));
    await work("rating.tell");
    expect(await lines("rated")).toHaveLength(1);
    expect(await read(companyId, "SELECT score FROM rating")).toEqual([{ score: 3 }]);
  });

  it("is refused where nothing was asked", async () => {
    const { conversationId: other } = await aConversation(await aCompany());
    const stranger = { companyId, conversationId: other } as Customer;
    await expect(customerRates(stranger, { score: 5 })).rejects.toMatchObject({ code: "not_found" });
  });
});
