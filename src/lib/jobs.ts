import { EventEmitter } from "node:events";
import {
  Logger,
  type Runner,
  type RunnerOptions,
  run,
  type Task,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import { callSql, pool, type Tx } from "#lib/db";
import { masked } from "#lib/describe-error";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import { patientPool } from "#lib/patient-pool";
import { forget, once } from "#lib/registry";

/** What a job does with its payload; a throw puts it back for later. */
export type JobHandler = (payload: unknown) => Promise<void>;
export type JobHandlers = Record<string, JobHandler>;

const beatMs = 3_000;
/** A process that did not beat for so long is taken for dead, and its jobs are taken over. */
const silentMs = 10_000;

type Worker = { stop(): Promise<void> };

/**
 * Starts to work on jobs in this process, and to watch over the others: the jobs of one that stopped beating are free
 * again within 15 seconds, where graphile-worker alone would hold them for four hours.
 */
export async function startJobs(
  handlers: JobHandlers,
  options: { concurrency?: number; crontab?: string } = {},
): Promise<Worker> {
  const processId = newId();
  const pools = new Set<string>();
  let runner: Runner | undefined;
  let lost = false;
  let tending: Promise<void> | undefined;

  async function tend(): Promise<void> {
    await beat(processId, [...pools]);
    if (runner === undefined || lost) await renew();
    await takeOver();
  }

  /** A job that was given to a runner while its connection broke is held by nobody: it is free when that runner has ended. */
  async function renew(): Promise<void> {
    const before = runner;
    lost = false;
    const begun = await run(
      runnerOptions(handlers, options, {
        pools,
        onLoss: () => {
          lost = true;
        },
      }),
    );
    runner = begun;
    begun.promise
      .catch((error: unknown) => log.warn({ err: error }, "The worker stopped, and is started again"))
      .finally(() => {
        if (runner === begun) runner = undefined;
      });
    await beat(processId, [...pools]);
    before?.stop().catch(() => undefined);
  }

  await tend();
  const timer = setInterval(() => {
    tending ??= tend()
      .catch((error: unknown) => {
        log.warn({ name: error instanceof Error ? error.name : "unknown" }, "The jobs' heartbeat failed");
      })
      .finally(() => {
        tending = undefined;
      });
  }, beatMs).unref();
  const worker: Worker = {
    async stop() {
      state().ending = true;
      clearInterval(timer);
      forget("jobs");
      await tending;
      await runner?.stop().catch(() => undefined);
      await callSql("DELETE FROM process WHERE id = $1", [processId]).catch(() => undefined);
      state().ending = false;
    },
  };
  return once("jobs", () => worker);
}

/** Says whether this process is about to end, so that work with a natural break is left to whoever goes on. */
export function isEnding(): boolean {
  return state().ending;
}

function state(): { ending: boolean } {
  return once("jobs.state", () => ({ ending: false }));
}

/** Puts a job in line within a transaction: it will run if the transaction commits, and never otherwise. A key makes it one job. */
export async function addJobWithin(
  tx: Tx,
  task: string,
  payload: Record<string, unknown>,
  options: { runAt?: Date; key?: string; queue?: string } = {},
): Promise<void> {
  const { runAt = null, key = null, queue = null } = options;
  await tx.$executeRaw`SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, queue_name => ${queue},
    run_at => coalesce(${runAt}::timestamptz, now()), job_key => ${key})`;
}

/** Seconds for which the oldest job that is due has waited. */
export async function jobLag(): Promise<number> {
  const [row] = await callSql<{ lag: number }>(
    `SELECT coalesce(extract(epoch FROM now() - min(run_at)), 0)::float AS lag FROM graphile_worker.jobs
     WHERE run_at <= now() AND locked_at IS NULL AND attempts < max_attempts`,
  );
  return row?.lag ?? 0;
}

/** Jobs are held in the name of a pool: while `pools` names it, they are in good hands. */
function runnerOptions(
  handlers: JobHandlers,
  { concurrency = 4, crontab }: { concurrency?: number; crontab?: string },
  { pools, onLoss }: { pools: Set<string>; onLoss(): void },
): RunnerOptions {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => pools.add(workerPool.id));
  events.on("pool:release", ({ workerPool }) => pools.delete(workerPool.id));
  return {
    events,
    pgPool: patientPool(pool(), onLoss),
    taskList: tasks(handlers),
    concurrency,
    ...(crontab !== undefined && { crontab }),
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quietLogger(),
  };
}

function tasks(handlers: JobHandlers): TaskList {
  const wrap =
    (handler: JobHandler): Task =>
    (payload) =>
      handler(payload);
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, wrap(handler)]));
}

async function beat(processId: string, pools: string[]): Promise<void> {
  await callSql(
    `INSERT INTO process (id, worker_id) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET seen_at = now(), worker_id = excluded.worker_id`,
    [processId, pools.join(",")],
  );
}

async function takeOver(): Promise<void> {
  const dead = await callSql<{ worker_id: string }>(
    "DELETE FROM process WHERE seen_at < now() - $1 * interval '1 millisecond' RETURNING worker_id",
    [silentMs],
  );
  const known = await callSql<{ worker_id: string }>("SELECT worker_id FROM process");
  const alive = new Set(known.flatMap((row) => row.worker_id.split(",")));
  const held = await callSql<{ worker: string }>(
    `SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs
     WHERE locked_by IS NOT NULL AND locked_at < now() - $1 * interval '1 millisecond'`,
    [silentMs],
  );
  const lost = [...dead.flatMap((row) => row.worker_id.split(",")), ...held.map((row) => row.worker)].filter(
    (id) => id !== "" && !alive.has(id),
  );
  if (lost.length > 0) await callSql("SELECT graphile_worker.force_unlock_workers($1)", [lost]);
}

function quietLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") log.error({ jobs: masked(message) }, "A job failed");
    if (level === "warning") log.warn({ jobs: masked(message) }, "The worker warns");
  });
}
