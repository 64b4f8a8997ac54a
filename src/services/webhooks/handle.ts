import { z } from "zod";
import { Incoming } from "#contracts/channel";
import { isConnectionError } from "#lib/db";
import { masked } from "#lib/describe-error";
import { isAppError } from "#lib/errors";
import { isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import { sideBySide } from "#lib/side-by-side";
import type { WebhookRequest } from "#services/channels";
import { NotYet, receive } from "#services/chat";
import { type OpenConnection, openConnection } from "#services/connections";
import { lookLater, nextDeliveries, nextTime, type Settled, type StoredDelivery, settle } from "./store.ts";

export const HandleJob = z.object({ companyId: z.uuid(), connectionId: z.uuid() });

const page = 50;
/** Of a connection's threads so many are handled at once: what is just coming in must find the database free. */
const threadsAtOnce = 6;
/** After so many failures a delivery is put aside, and what came after it goes on. */
const mostTries = 5;

/** What a delivery of another platform tells: the line in which it waits for its turn, and how it is taken in. */
export type Told = { line: string; take(connection: OpenConnection, now: Date): Promise<void> };

/**
 * Reads what another platform delivers for a connection beside its own, such as a voice agent's; undefined for what is the
 * adapter's to read. Throws where it cannot be read.
 */
export type Beside = (request: WebhookRequest) => Told[] | undefined;

/**
 * Reads what a connection has delivered, in the order in which it came: what belongs to one thread one after another, threads
 * side by side. Runs once at a time for a connection; killed in the middle, it begins again, and nothing is taken in twice.
 */
export async function handleDeliveries(job: z.infer<typeof HandleJob>, beside?: Beside): Promise<void> {
  const connection = await connectionOf(job);
  if (connection === undefined) return;
  for (;;) {
    const now = new Date();
    const deliveries = await nextDeliveries(connection, now, page);
    if (deliveries.length === 0) break;
    await settle(connection, await handleAll(connection, deliveries, { now, beside }));
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
  { now, beside }: { now: Date; beside: Beside | undefined },
): Promise<Settled[]> {
  // What belongs together waits for what came before it; everything else does not.
  const lines = new Map<string, Promise<unknown>>();
  const gate = sideBySide(threadsAtOnce);
  const take = ({ line, take: work }: Told) => {
    const before = lines.get(line) ?? Promise.resolve();
    const turn = before.then(() => gate(() => work(connection, now)));
    lines.set(
      line,
      turn.catch(() => undefined),
    );
    return turn;
  };
  const read = ({ request }: StoredDelivery) => beside?.(request) ?? readOwn(connection, request);
  return Promise.all(deliveries.map((delivery) => handle(connection, delivery, { read, take, now })));
}

function readOwn({ adapter, config }: OpenConnection, request: WebhookRequest): Told[] {
  const told = z.array(Incoming).parse(adapter.parse(request, config));
  return told.map((incoming) => ({
    line: lineOf(incoming),
    take: (connection, now) => receive(connection, incoming, now),
  }));
}

type Steps = { read(delivery: StoredDelivery): Told[]; take(told: Told): Promise<void>; now: Date };

async function handle(
  connection: OpenConnection,
  delivery: StoredDelivery,
  { read, take, now }: Steps,
): Promise<Settled> {
  let told: Told[];
  try {
    told = read(delivery);
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
