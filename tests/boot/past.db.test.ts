import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ReportQuery } from "#contracts/analytics";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import { closeIdentity, type DemoCompany, makeDemoCompany, removeDemoCompany } from "#services/accounts";
import { followCompany, report } from "#services/analytics";
import { askBacktest, defaultRules, findBacktest, runBacktest } from "#services/escalation";
import { type FreshDatabase, freshDatabase, lookBehind } from "#support/database";

const { bootstrapDemo } = (await import(
  `${process.cwd()}/src/http/boot/demo.ts`
)) as typeof import("../../src/http/boot/demo.ts");

const withPast = { past: "demo/past" };

let database: FreshDatabase;
beforeAll(async () => {
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeIdentity();
  await closeDatabase();
  await database.drop();
});
beforeEach(() => removeDemoCompany());

it("is told once, however many start, and can be taken away again whole", { timeout: 60_000 }, async () => {
  await Promise.all([1, 2, 3].map(() => bootstrapDemo(withPast)));
  const demo = await bootstrapDemo(withPast);
  const told = await count(demo, "conversation");
  expect(told).toBeGreaterThan(350);
  expect(told).toBeLessThan(460);
  await bootstrapDemo(withPast);
  expect(await count(demo, "conversation")).toBe(told);
  expect(await removeDemoCompany()).toBe(true);
  expect([await count(demo, "event"), await count(demo, "contact"), await count(demo, "sla_clock")]).toEqual([
    0, 0, 0,
  ]);
});

it("is told at the next start where the first one broke off in the middle", { timeout: 60_000 }, async () => {
  // Promises are written last: by then all conversations are.
  await asAdmin("ALTER TABLE sla_policy ADD CONSTRAINT breaks CHECK (false) NOT VALID");
  const broken = await bootstrapDemo(withPast);
  expect(await count(broken, "conversation")).toBe(0);
  await asAdmin("ALTER TABLE sla_policy DROP CONSTRAINT breaks");
  await bootstrapDemo(withPast);
  expect(await count(broken, "conversation")).toBeGreaterThan(350);
});

it("is left to the stories of today where nobody wants it", async () => {
  const demo = await bootstrapDemo({ past: "" });
  expect(await count(demo, "conversation")).toBe(8);
  await bootstrapDemo(withPast);
  expect(await count(demo, "conversation")).toBe(8);
});

it("is not told to a demo company that was made before there was one", async () => {
  const demo = await makeDemoCompany(["http://localhost:4000"]);
  await withCompany(demo.companyId, (tx) =>
    tx.company.update({ where: { id: demo.companyId }, data: { metadata: null } }),
  );
  await bootstrapDemo(withPast);
  expect(await count(demo, "conversation")).toBe(0);
});

it("ends now, rings nowhere and has nobody asked anything", { timeout: 60_000 }, async () => {
  const demo = await bootstrapDemo(withPast);
  const [{ ahead, behind } = {}] = await read(
    demo.companyId,
    `SELECT count(*) FILTER (WHERE created_at > now())::int AS ahead,
            count(*) FILTER (WHERE created_at < now() - interval '31 days')::int AS behind FROM event WHERE company_id = $1`,
    [demo.companyId],
  );
  expect([ahead, behind]).toEqual([0, 0]);
  const jobs = await read<{ task: string }>(
    demo.companyId,
    "SELECT DISTINCT task_identifier AS task FROM graphile_worker.jobs",
  );
  expect(jobs.map(({ task }) => task)).toEqual(["sla.recompute"]);
});

it("fills every number of the reports", { timeout: 60_000 }, async () => {
  const demo = await bootstrapDemo(withPast);
  await followCompany(demo.companyId, { patience: 60_000 });
  const { numbers } = await report(demo, ReportQuery.parse({}));
  expect(numbers.filter(({ total }) => total.rows < 5).map(({ id }) => id)).toEqual([]);
  const value = Object.fromEntries(numbers.map(({ id, total }) => [id, total.value ?? 0]));
  expect(value.escalation_rate).toBeGreaterThan(0.15);
  expect(value.escalation_rate).toBeLessThan(0.4);
  expect(value.sla_kept).toBeGreaterThan(0.85);
  expect(value.sla_kept).toBeLessThan(1);
  expect(value.rating_person).toBeGreaterThan(3.5);
  expect(value.resolution_lasted).toBeGreaterThan(0.7);
});

it("has the time machine find the very escalations that took place", { timeout: 60_000 }, async () => {
  const { companyId } = await bootstrapDemo(withPast);
  const who = { companyId };
  const { id } = await askBacktest(who, {
    rules: defaultRules().rules,
    conversations: 1_000,
    timeZone: "UTC",
  });
  await runBacktest({ companyId, backtestId: id });
  const { report: found } = await findBacktest(companyId, id);
  expect(found?.conversations).toBeGreaterThan(300);
  expect(found?.changed).toBe(0);
});

async function asAdmin(statement: string): Promise<void> {
  const admin = await lookBehind(database);
  await admin.query(statement);
  await admin.end();
}

async function count({ companyId }: Pick<DemoCompany, "companyId">, table: string): Promise<number> {
  const [row] = await read<{ n: number }>(
    companyId,
    `SELECT count(*)::int AS n FROM ${table} WHERE company_id = $1`,
    [companyId],
  );
  return row?.n ?? 0;
}
