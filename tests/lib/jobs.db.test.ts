import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSql, closeDatabase, openDatabase } from "#lib/db";
import { jobLag, startJobs } from "#lib/jobs";
import { append, findConversation } from "#services/conversations";
import { aConversation } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { until } from "#support/readers";

let database: FreshDatabase;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
  await callSql("CREATE TABLE noted (id text PRIMARY KEY, worker text NOT NULL)");
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await closeDatabase();
  await database.drop();
});

const noted = async (id: string) =>
  (await callSql<{ worker: string }>("SELECT worker FROM noted WHERE id = $1", [id])).map(
    ({ worker }) => worker,
  );
const note = async (payload: unknown) => {
  const { id } = payload as { id: string };
  await callSql("INSERT INTO noted (id, worker) VALUES ($1, 'second') ON CONFLICT DO NOTHING", [id]);
};

const held = () => callSql("SELECT 1 FROM graphile_worker.jobs WHERE locked_by IS NOT NULL");

type When = { key?: string; queue?: string; runAt?: Date };

async function addJob(id: string, { key, queue, runAt }: When = {}): Promise<void> {
  await callSql(
    "SELECT graphile_worker.add_job('test.note', $1::json, queue_name => $2, run_at => coalesce($3, now()), job_key => $4)",
    [JSON.stringify({ id }), queue ?? null, runAt ?? null, key ?? null],
  );
}

/** Ends every connection, as a server does that restarts. */
async function cutAll(): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  const elsewhere = new URL(database.adminUrl);
  elsewhere.pathname = "/postgres";
  const admin = new pg.Client({ connectionString: elsewhere.href });
  await admin.connect();
  await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
  await admin.end();
}

async function doomedWorker(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "jobs-worker.ts")],
    {
      env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: "silent" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  children.push(child);
  await said(child, "ready");
  return child;
}

function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`It ended before it said "${words}".`)));
    child.stdout?.on("data", (piece) => {
      if (String(piece).includes(words)) resolve();
    });
  });
}

describe("a job", () => {
  it("is never done when what enqueued it was rolled back, and done when that was committed", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);
    const words = { author: { kind: "customer" as const }, text: "Hello" };
    const job = (id: string) => ({
      task: "test.note",
      payload: { id },
      queue: `conversation:${place.conversationId}`,
    });
    const worker = await startJobs({ "test.note": note });

    const broken = append(conversation, {
      now: new Date(),
      messages: [words],
      jobs: [job("rolled back"), { task: "test.note", payload: {}, maxAttempts: -1 }],
    });
    await expect(broken).rejects.toThrow();
    await append(conversation, {
      now: new Date(),
      guard: { epoch: 99 },
      messages: [words],
      jobs: [job("refused")],
    });
    await append(conversation, { now: new Date(), messages: [words], jobs: [job("committed")] });
    await until("the good one is done", async () => (await noted("committed")).length === 1);

    expect(await noted("rolled back")).toEqual([]);
    expect(await noted("refused")).toEqual([]);
    await worker.stop();
  });

  it("is one job under one key, and waits for its time", async () => {
    const runAt = new Date(Date.now() + 60_000);
    for (const id of ["a", "b", "c"]) await addJob(id, { key: "keyed", runAt });
    const rows = await callSql<{ key: string }>("SELECT key FROM graphile_worker.jobs WHERE key = 'keyed'");
    expect(rows).toHaveLength(1);
    expect(await jobLag()).toBe(0);
  });

  it("of a worker that was killed is taken over within fifteen seconds, and none of one that lives, however long it takes", async () => {
    const doomed = await doomedWorker();
    await addJob("taken over");
    await addJob("in line", { queue: "one after another" });
    await until("both are begun", async () => {
      const begun = await Promise.all(["taken over", "in line"].map((id) => noted(`begun:${id}`)));
      return begun.flat().length === 2;
    });
    let long = 0;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const takesLong = () => {
      long += 1;
      return ended;
    };
    const worker = await startJobs({ "test.note": note, "test.long": takesLong });
    await callSql("SELECT graphile_worker.add_job('test.long', queue_name => 'long ones')");
    await until("the long one is begun", () => long === 1);
    doomed.kill("SIGKILL");
    await once(doomed, "exit");

    const took = await until(
      "both are taken over",
      async () => (await noted("taken over")).length + (await noted("in line")).length === 2,
      20_000,
    );

    expect(took).toBeLessThan(15_000);
    expect(await noted("taken over")).toEqual(["second"]);
    await pause(3_500);
    expect(long).toBe(1);
    end();
    await until("the long one is ended", async () => (await held()).length === 0);
    const left = await callSql("SELECT 1 FROM graphile_worker.jobs WHERE run_at <= now()");
    expect(left).toEqual([]);
    await worker.stop();
  }, 40_000);

  it("whose end cannot be told while the database is away is told later, and the worker lives on", async () => {
    const done: unknown[] = [];
    const worker = await startJobs({
      "test.cut": async (payload) => {
        done.push(payload);
        // Gone for whoever tells the end of this job, back right after.
        if (done.length === 1) await cutAll();
      },
    });
    const add = (n: number) =>
      callSql("SELECT graphile_worker.add_job('test.cut', $1::json, queue_name => 'cut')", [
        JSON.stringify({ n }),
      ]);
    await add(1);
    await until("the first is begun", () => done.length === 1);
    await until("the database is back", () =>
      add(2).then(
        () => true,
        () => false,
      ),
    );

    await until("the next in line is done", () => done.length > 1, 15_000);
    await until("nothing is held", async () => (await held()).length === 0, 15_000);

    expect(done).toEqual([{ n: 1 }, { n: 2 }]);
    await worker.stop();
  }, 40_000);
});
