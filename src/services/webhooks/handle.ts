import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { isConnectionError } from "#lib/db";
import { isAppError } from "#lib/errors";
import { isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import { NotYet } from "#services/chat";
import { type OpenConnection, openConnection } from "#services/connections";
import { Held, openLines, type Take } from "./lines.ts";
import { type Beside, readDelivery, reasonOf } from "./read-delivery.ts";
import {
  heldLines,
  lookLater,
  nextDeliveries,
  nextTime,
  type Settled,
  type StoredDelivery,
  settle,
} from "./store.ts";

export const HandleJob = z.object({ companyId: z.uuid(), connectionId: z.uuid() });

const page = 50;
/** So many of a connection are under way at once before more are read. */
const mostUnderWay = 200;
/** What takes longer, such as a file that comes slowly, goes on beside those that come after it. */
const patienceMs = 500;
/** After so many failures a delivery is put aside, and what came after it goes on. */
const mostTries = 5;

/**
 * Reads what a connection has delivered, in the order in which it came: what belongs to one thread one after another, threads
 * side by side. Runs once at a time for a connection; killed in the middle, it begins again, and nothing is taken in twice.
 */
export async function handleDeliveries(job: z.infer<typeof HandleJob>, beside?: Beside): Promise<void> {
  const connection = await connectionOf(job);
  if (connection === undefined) return;
  const lines = openLines(connection);
  const underWay = new Map<string, Promise<void>>();
  const done: Settled[] = [];
  let broken: unknown;
  while (broken === undefined) {
    const now = new Date();
    const mayBegin = !isEnding() && underWay.size < mostUnderWay;
    const deliveries = mayBegin ? await nextDeliveries(connection, now, page, [...underWay.keys()]) : [];
    if (deliveries.length === 0 && underWay.size === 0) break;
    const held = await heldLines(connection, deliveries, now);
    const begun: Promise<void>[] = [];
    for (const delivery of deliveries) {
      const take = lines.forDelivery(delivery, { held, now, retryAt: retryAt(delivery, now) });
      const work = handle(connection, delivery, { beside, take, now }).then(
        (settled) => void done.push(settled),
        (error: unknown) => {
          broken ??= error;
        },
      );
      underWay.set(delivery.id, work);
      begun.push(work);
    }
    const awaited = Promise.all(begun.length > 0 ? begun : underWay.values());
    await Promise.race([awaited, pause(patienceMs, undefined, { ref: false })]);
    const finished = done.splice(0);
    if (finished.length > 0) await settle(connection, finished);
    for (const { id } of finished) underWay.delete(id);
    if (underWay.size === 0) lines.clear();
  }
  // The database is away: the job is done again as a whole, and nothing is held against a delivery.
  if (broken !== undefined) throw broken;
  if (isEnding()) return lookLater(connection, new Date());
  const next = await nextTime(connection);
  if (next !== undefined) await lookLater(connection, next);
}

/** The connection of a job; undefined where it was removed meanwhile, with all that it had delivered. */
async function connectionOf(job: z.infer<typeof HandleJob>): Promise<OpenConnection | undefined> {
  try {
    return await openConnection(job.companyId, job.connectionId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

type Steps = { beside: Beside | undefined; take: Take; now: Date };

async function handle(
  connection: OpenConnection,
  delivery: StoredDelivery,
  { beside, take, now }: Steps,
): Promise<Settled> {
  const { id } = delivery;
  const { told, unread } = readDelivery(connection, delivery.request, beside);
  const outcomes = await Promise.allSettled(told.map(take));
  const failures = outcomes.flatMap((outcome, n) =>
    outcome.status === "rejected" ? [{ error: outcome.reason as unknown, line: told[n]?.line ?? "" }] : [],
  );
  const lost = failures.find(({ error }) => isConnectionError(error));
  if (lost !== undefined) throw lost.error;
  const settled: Settled =
    failures.length > 0 ? afterFailures(connection, delivery, failures, now) : { id, state: "handled" };
  if (settled.state !== "handled" || unread === undefined) return settled;
  return { id, state: "quarantined", reason: unread };
}

type Failure = { error: unknown; line: string };

function afterFailures(
  connection: OpenConnection,
  delivery: StoredDelivery,
  failures: Failure[],
  now: Date,
): Settled {
  const { id } = delivery;
  const kept = failures.filter(({ error }) => !(error instanceof NotYet));
  const lines = [...new Set(kept.map(({ line }) => line))];
  const failed = kept.find(({ error }) => !(error instanceof Held));
  if (failed !== undefined) {
    log.warn({ err: failed.error, channel: connection.channel }, "A delivery could not be handled");
    const nextAt = retryAt(delivery, now);
    if (nextAt !== undefined) return { id, state: "received", nextAt, lines };
    return { id, state: "quarantined", reason: `It could not be handled: ${reasonOf(failed.error)}` };
  }
  const until = kept.flatMap(({ error }) => (error instanceof Held ? error.by.until.getTime() : []));
  if (until.length > 0)
    return { id, state: "received", nextAt: new Date(Math.max(...until)), lines, waited: true };
  // It may never come: what it would have changed is not there either.
  if (delivery.attempts >= 2) return { id, state: "handled" };
  return { id, state: "received", nextAt: laterBy(delivery.attempts, now), lines };
}

/** When a delivery that fails now is tried again; undefined where it has been tried often enough. */
function retryAt({ attempts }: StoredDelivery, now: Date): Date | undefined {
  return attempts + 1 >= mostTries ? undefined : laterBy(attempts, now);
}

function laterBy(attempts: number, now: Date): Date {
  return new Date(now.getTime() + 5_000 * 2 ** attempts);
}
