import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withCompany } from "#lib/db";
import {
  addTestCase,
  askTestRun,
  listTestCases,
  runAskedCases,
  stopTestRun,
  TestRunJob,
  testRunProgress,
} from "#services/copilot";
import { getArticle, saveArticle } from "#services/knowledge";
import { forgetJobs, jobsOf } from "#support/desk";
import { aHeldConversation, type Desk, type Held, openDesk, ports } from "./copilot-desk.ts";

let desk: Desk;
let held: Held;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await forgetJobs("test.run");
  held = await aHeldConversation();
});

const aCase = (question = "How long do I have to return a tent?", points = ["60 days"]) =>
  addTestCase(held.who, { question, answer: "Within 60 days.", points });

async function jobs(): Promise<TestRunJob[]> {
  return (await jobsOf("test.run")).map(({ payload }) => TestRunJob.parse(payload));
}

async function workOff(model = ports().model): Promise<void> {
  for (const job of await jobs()) await runAskedCases(job, model);
  await forgetJobs("test.run");
}

describe("a run of the test cases by a button", () => {
  it("asks every case in a job, and stands as the newest run when it is over", async () => {
    const { id } = await aCase();
    expect(await askTestRun(held.who)).toMatchObject({ state: "running", total: 1, results: [] });
    await workOff();
    expect(await testRunProgress(held)).toEqual({ state: "idle" });
    const { lastRun, cases } = await listTestCases(held, { limit: 10 });
    expect(lastRun).toMatchObject({ model: "keyless", cases: 1, passed: 1 });
    expect(cases).toMatchObject([{ id, result: { passed: true } }]);
  });

  it("is one run where two press at the same moment", async () => {
    await aCase();
    const both = await Promise.all([askTestRun(held.who), askTestRun(held.who)]);
    expect(new Set(both.map((run) => "id" in run && run.id)).size).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });

  it("says of each case whether it became worse than in the run before", async () => {
    await aCase();
    await askTestRun(held.who);
    await workOff();
    const article = await getArticle(held, "returns");
    await saveArticle(held, { ...article, body: article.body.replaceAll("60 days", "20 days") });
    await askTestRun(held.who);
    await workOff();
    const [first] = (await listTestCases(held, { limit: 10 })).cases;
    expect(first?.result).toMatchObject({ passed: false, worse: "no longer passes" });
  });

  it("shows what it has found while it goes on, and asks nothing more once it is stopped", async () => {
    for (let n = 0; n < 12; n++) await aCase(`How long do I have to return tent number ${n}?`);
    desk.model.set({ chunks: ["You have ", "60 days [1]."], firstMs: 400 });
    desk.model.requests.length = 0;
    await askTestRun(held.who);
    const running = workOff(ports(desk.model).model);
    await expect
      .poll(async () => foundIn(await testRunProgress(held)), { timeout: 10_000 })
      .toBeGreaterThan(0);
    await stopTestRun(held);
    await running;
    expect(desk.model.requests.length).toBeLessThan(12);
    expect(await testRunProgress(held)).toEqual({ state: "idle" });
    expect((await listTestCases(held, { limit: 1 })).lastRun).toBeUndefined();
  });

  it("writes nothing where another process has taken it up meanwhile", async () => {
    await aCase();
    await askTestRun(held.who);
    const [job] = await jobs();
    if (job === undefined) throw new Error("No run was put in line.");
    await Promise.all([runAskedCases(job, undefined), runAskedCases(job, undefined)]);
    const rows = await withCompany(held.companyId, (tx) =>
      tx.testRun.count({ where: { companyId: held.companyId } }),
    );
    expect(rows).toBe(1);
  });

  it("is refused where there is nothing to ask", async () => {
    await expect(askTestRun(held.who)).rejects.toMatchObject({
      code: "invalid",
      message: "There are no test cases to run yet.",
    });
    expect(await jobs()).toEqual([]);
  });

  it("is each company's own", async () => {
    await aCase();
    await askTestRun(held.who);
    const other = await aHeldConversation();
    expect(await testRunProgress(other)).toEqual({ state: "idle" });
    await stopTestRun(other);
    expect(await testRunProgress(held)).toMatchObject({ state: "running" });
  });
});

function foundIn(run: Awaited<ReturnType<typeof testRunProgress>>): number {
  return run.state === "running" ? run.results.length : 0;
}
