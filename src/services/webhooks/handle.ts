import { z } from "zod";
import { Incoming } from "#contracts/channel";
import { isConnectionError } from "#lib/db";
import { masked } from "#lib/describe-error";
import { isAppError } from "#lib/errors";
import { isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import { sideBySide } from "#lib/side-by-side";
import { NotYet, receive } from "#services/chat";
import { type OpenConnection, openConnection } from "#services/connections";
import { lookLater, nextDeliveries, nextTime, type Settled, type StoredDelivery, settle } from "./store.ts";

export const HandleJob = z.object({ companyId: z.uuid(), connectionId: z.uuid() });

const page = 50;
/** Of a connection's threads so many are handled at once: what is just coming in must find the database free. */
const threadsAtOnce = 6;
/** After so many failures a delivery is put aside, and what came after it goes on. */
const mostTries = 5;

/**
 * Reads what a connection has delivered, in the order in which it came: what belongs to one thread one after another, threads
 * side by side. Runs once at a time for a connection; killed in the middle, it begins again, and nothing is taken in twice.
 */
export async function handleDeliveries(job: z.infer<typeof HandleJob>): Promise<void> {
  const connection = await connectionOf(job);
  if (connection === undefined) return;
  for (;;) {
    const now = new Date();
    const deliveries = await nextDeliveries(connection, now, page);
    if (deliveries.length === 0) break;
    await settle(connection, await handleAll(connection, deliveries, now));
    if (isEnding()) return lookLater(connection, now);
  }
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

async function handleAll(
  connection: OpenConnection,
  deliveries: StoredDelivery[],
  now: Date,
): Promise<Settled[]> {
  // What belongs together waits for what came before it; everything else does not.
  const lines = new Map<string, Promise<unknown>>();
  const gate = sideBySide(threadsAtOnce);
  const take = (incoming: Incoming) => {
    const line = lineOf(incoming);
    const before = lines.get(line) ?? Promise.resolve();
    const turn = before.then(() => gate(() => receive(connection, incoming, now)));
    lines.set(
      line,
      turn.catch(() => undefined),
    );
    return turn;
  };
  return Promise.all(deliveries.map((delivery) => handle(connection, delivery, take, now)));
}

async function handle(
  connection: OpenConnection,
  delivery: StoredDelivery,
  take: (incoming: Incoming) => Promise<void>,
  now: Date,
): Promise<Settled> {
  let told: Incoming[];
  try {
    told = z.array(Incoming).parse(connection.adapter.parse(delivery.request, connection.config));
  } catch (error) {
    return { id: delivery.id, state: "quarantined", reason: `It could not be read: ${reasonOf(error)}` };
  }
  try {
    await Promise.all(told.map(take));
    return { id: delivery.id, state: "handled" };
  } catch (error) {
    // The database is away: the job is done again as a whole, and nothing is held against the delivery.
    if (isConnectionError(error)) throw error;
    return afterFailure(connection, delivery, error, now);
  }
}

function afterFailure(
  connection: OpenConnection,
  delivery: StoredDelivery,
  error: unknown,
  now: Date,
): Settled {
  const attempts = delivery.attempts + 1;
  if (error instanceof NotYet) {
    // It may never come: what it would have changed is not there either.
    if (attempts >= 3) return { id: delivery.id, state: "handled" };
  } else log.warn({ err: error, channel: connection.channel }, "A delivery could not be handled");
  if (attempts >= mostTries) {
    return { id: delivery.id, state: "quarantined", reason: `It could not be handled: ${reasonOf(error)}` };
  }
  return {
    id: delivery.id,
    state: "received",
    nextAt: new Date(now.getTime() + 5_000 * 2 ** (attempts - 1)),
  };
}

function lineOf(incoming: Incoming): string {
  if (incoming.kind === "message" || incoming.kind === "echo") return incoming.thread.key;
  return incoming.threadKey ?? (incoming.kind === "receipt" ? `receipt ${incoming.externalId}` : "others");
}

/** What went wrong, without a word of a customer. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${issue?.path.filter((part) => typeof part === "string").join(".") || "the body"}: ${masked(issue?.message ?? "")}`;
  }
  return error instanceof Error ? masked(error.message) : "unknown";
}
