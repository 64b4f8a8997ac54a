import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BacktestView } from "#contracts/backtests";
import type { EscalationRule } from "#contracts/escalation";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { startJobs } from "#lib/jobs";
import {
  askBacktest,
  cancelBacktest,
  changedConversations,
  currentRules,
  defaultRules,
  escalationJobs,
  findBacktest,
  listBacktests,
  runBacktest,
} from "#services/escalation";
import { initiateEscalation, sendAsOperator, takeOver, transferToEveryone } from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aPastConversation } from "#support/past";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const { rules } = defaultRules();
const eager = rules.map((rule): EscalationRule => {
  if (rule.trigger === "confidence") return { ...rule, consecutive: 1 };
  return rule.trigger === "keyword" ? { ...rule, keywords: ["parcel"] } : rule;
});
const unsure = { text: "Do you sell kayaks?", confidence: 0.2 };
const sure = { text: "Where is my parcel?", confidence: 0.9 };

type Company = Awaited<ReturnType<typeof aCompany>>;

async function ask(company: Company, draft = eager, conversations = 100): Promise<BacktestView> {
  return askBacktest(company, { rules: draft, conversations, timeZone: "UTC" });
}

async function run(company: Company, chunk = 200, draft = eager): Promise<BacktestView> {
  const { companyId } = company;
  const { id: backtestId } = await ask(company, draft);
  await runBacktest({ companyId, backtestId }, { chunk, progressMs: 0 });
  return findBacktest(companyId, backtestId);
}

describe("the time machine", () => {
  it("tells what a draft would have changed, from what was stored alone", async () => {
    const company = await aCompany();
    const { companyId } = company;
    const anna = await anOperator(companyId);
    const more = await aPastConversation(company, [unsure, sure], { name: "Mo" });
    const earlier = await aPastConversation(company, [unsure, unsure], { name: "Ea" });
    const fewer = await aPastConversation(company, [{ text: "My lawyer will call", confidence: 0.8 }]);
    await aPastConversation(company, [{ text: "Thanks", confidence: 1 }]);
    await takeOver(anna, earlier);
    await sendAsOperator(anna, earlier, { clientId: "1", text: "Hello", audience: "all" });

    const { state, done, total, report } = await run(company);

    expect({ state, done, total }).toEqual({ state: "done", done: 4, total: 4 });
    expect(report).toMatchObject({
      conversations: 4,
      turns: 6,
      brought: { before: 2, after: 2, more: 1, fewer: 1 },
      called: { before: 1, after: 1, more: 1, fewer: 1 },
      turnsMoved: { earlier: 1, later: 0, same: 0 },
      changed: 3,
      turnsWithoutFacts: 0,
      load: { staffing: "active" },
    });
    const [byHand] = report?.quality ?? [];
    expect(byHand).toMatchObject({
      before: { hits: 1, chosen: 2, wanted: 1 },
      after: { hits: 1, chosen: 2 },
    });
    const [{ id } = { id: "" }] = (await listBacktests(companyId, { limit: 1 })).backtests;
    const { conversations } = await changedConversations(companyId, id, { limit: 10 });
    expect(conversations.map((each) => [each.conversationId, each.kind, each.turns, each.words])).toEqual([
      [fewer, "fewer", undefined, "My lawyer will call"],
      [earlier, "earlier", -1, unsure.text],
      [more, "more", undefined, unsure.text],
    ]);
    expect(conversations[1]).toMatchObject({
      customer: "Ea",
      takenByHand: true,
      before: { turn: 2, outcome: "offer", ruleId: "confidence" },
      after: { turn: 1, outcome: "offer" },
    });
  });

  it("takes for a person's own decision also what they gave to others, and for a low rating only that of the AI", async () => {
    const company = await aCompany();
    const { companyId } = company;
    const anna = await anOperator(companyId);
    const given = await aPastConversation(company, [sure]);
    const pressed = await aPastConversation(company, [sure]);
    const rated = await aPastConversation(company, [sure]);
    await transferToEveryone(anna, given);
    await initiateEscalation({ companyId }, pressed, { reason: "explicit_request", sentence: "Pressed." });
    await aRating(companyId, given, "human", 1);
    await aRating(companyId, given, "ai", 5);
    await aRating(companyId, pressed, "human", 1);
    await aRating(companyId, rated, "ai", 1);

    const { report } = await run(company);

    const wanted = Object.fromEntries(report?.quality.map(({ id, before }) => [id, before.wanted]) ?? []);
    expect([wanted.by_hand, wanted.low_rating]).toEqual([1, 1]);
  });

  it("changes nothing under the rules that were in force", async () => {
    const company = await aCompany();
    await aPastConversation(company, [unsure, unsure, { text: "I want a human" }, { text: "a human, now" }]);
    await aPastConversation(company, [
      { text: "This is terrible" },
      { text: "Awful, horrible service" },
      sure,
    ]);
    const { report } = await run(company, 200, (await currentRules(company.companyId)).rules);
    expect(report).toMatchObject({ changed: 0, brought: { before: 2, after: 2, more: 0, fewer: 0 } });
  });

  it("gives the same report in whatever chunks it reads", async () => {
    const company = await aCompany();
    for (let at = 0; at < 12; at += 1) {
      const start = new Date(Date.UTC(2026, 0, 5 + (at % 7), (at * 5) % 24));
      await aPastConversation(company, at % 3 === 0 ? [unsure, sure] : [sure, unsure, unsure], { start });
    }
    const reports = [];
    for (const chunk of [1, 5, 7, 200]) reports.push((await run(company, chunk)).report);
    expect(reports[0]?.changed).toBe(12);
    for (const report of reports) expect(report).toEqual(reports[0]);
  });

  it("looks at no more than were asked for, the newest first", async () => {
    const company = await aCompany();
    for (let at = 0; at < 3; at += 1) await aPastConversation(company, [unsure]);
    const newest = await aPastConversation(company, [unsure]);
    const { id: backtestId } = await ask(company, eager, 1);
    await aPastConversation(company, [unsure]);
    await runBacktest({ ...company, backtestId });
    const page = await changedConversations(company.companyId, backtestId, { limit: 10 });
    expect(page.conversations.map((each) => each.conversationId)).toEqual([newest]);
  });

  it("pages through what changed, by kind", async () => {
    const company = await aCompany();
    for (let at = 0; at < 5; at += 1)
      await aPastConversation(company, [at % 2 === 0 ? unsure : { text: "lawyer" }]);
    const { id } = await run(company);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await changedConversations(company.companyId, id, { kind: "more", cursor, limit: 2 });
      seen.push(...page.conversations.map((each) => each.conversationId));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it("has an empty report where nothing was said yet", async () => {
    const company = await aCompany();
    const { state, total, report } = await run(company);
    expect([state, total, report?.conversations, report?.from]).toEqual(["done", 0, 0, undefined]);
  });
});

describe("a run of the time machine", () => {
  it("is one at a time, and never another company's", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    const both = await Promise.allSettled([ask(mine), ask(mine)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(ask(mine)).rejects.toMatchObject({ code: "conflict" });
    const { id } = await ask(theirs);
    await expect(findBacktest(mine.companyId, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(cancelBacktest(mine.companyId, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await findBacktest(theirs.companyId, id)).state).toBe("queued");
    await expect(
      askBacktest(mine, { rules: "draft", conversations: 5, timeZone: "UTC" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("has its job in the commit that asks for it", async () => {
    const company = await aCompany();
    const { id } = await ask(company);
    const jobs = await read<{ n: number }>(
      company.companyId,
      "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = $1",
      [`backtest:${id}`],
    );
    expect(jobs).toEqual([{ n: 1 }]);
  });

  it("is carried through by the worker", async () => {
    const company = await aCompany();
    await aPastConversation(company, [unsure]);
    const worker = await startJobs(escalationJobs);
    try {
      const { id } = await ask(company);
      await until(async () => (await findBacktest(company.companyId, id)).state === "done");
      expect((await findBacktest(company.companyId, id)).report?.changed).toBe(1);
    } finally {
      await worker.stop();
    }
  });

  it("stops when it is cancelled, and makes room for the next", async () => {
    const company = await aCompany();
    const { companyId } = company;
    for (let at = 0; at < 20; at += 1) await aPastConversation(company, [unsure]);
    const { id: backtestId } = await ask(company);
    const running = runBacktest({ companyId, backtestId }, { chunk: 1, progressMs: 0 });
    await until(async () => (await findBacktest(companyId, backtestId)).done > 0);
    await cancelBacktest(companyId, backtestId);
    await running;
    const stopped = await findBacktest(companyId, backtestId);
    expect([stopped.state, stopped.report]).toEqual(["cancelled", undefined]);
    expect(stopped.done).toBeLessThan(20);
    expect((await changedConversations(companyId, backtestId, { limit: 10 })).conversations).toEqual([]);
    await runBacktest({ companyId, backtestId });
    expect((await findBacktest(companyId, backtestId)).state).toBe("cancelled");
    expect((await ask(company)).state).toBe("queued");
  });

  it("starts anew where a process died, and only the last holder writes", async () => {
    const company = await aCompany();
    const { companyId } = company;
    for (let at = 0; at < 10; at += 1) await aPastConversation(company, [unsure]);
    const { id: backtestId } = await ask(company);
    const slow = runBacktest({ companyId, backtestId }, { chunk: 1, progressMs: 0 });
    await until(async () => (await findBacktest(companyId, backtestId)).done > 0);
    // What was half done is there already when the second begins.
    await Promise.all([slow, runBacktest({ companyId, backtestId }, { chunk: 3, progressMs: 0 })]);
    const { state, done, report } = await findBacktest(companyId, backtestId);
    expect({ state, done, changed: report?.changed }).toEqual({ state: "done", done: 10, changed: 10 });
    const changed = await changedConversations(companyId, backtestId, { limit: 50 });
    expect(changed.conversations).toHaveLength(10);
  });

  it("says that it failed, instead of running for ever", async () => {
    const company = await aCompany();
    const { companyId } = company;
    const { id: backtestId } = await ask(company);
    await withCompany(companyId, (tx) =>
      tx.backtest.updateMany({ where: { companyId, id: backtestId }, data: { timeZone: "Nowhere/Land" } }),
    );
    await runBacktest({ companyId, backtestId });
    expect(await findBacktest(companyId, backtestId)).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("failed inside"),
    });
  });

  it("is kept for a while: of many, the oldest give way", async () => {
    const company = await aCompany();
    for (let at = 0; at < 22; at += 1) await run(company);
    const { backtests, next } = await listBacktests(company.companyId, { limit: 50 });
    expect([backtests.length, next]).toEqual([20, undefined]);
    await expect(findBacktest(company.companyId, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

async function aRating(
  companyId: string,
  conversationId: string,
  of: "ai" | "human",
  score: number,
): Promise<void> {
  const at = new Date();
  const data = { id: newId(), companyId, conversationId, of, name: "Nori", messageId: newId() };
  await withCompany(companyId, (tx) =>
    tx.rating.create({ data: { ...data, score, askedAt: at, givenAt: at } }),
  );
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 5));
}
