// How many deliveries of platforms are taken in, how soon each is acknowledged, and how many of ours leave.
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { closeBus, openBus } from "#lib/bus";
import { closeDatabase, openDatabase } from "#lib/db";
import { sendAsOperator } from "#services/handover";
import { type Contender, type Name, start } from "./contenders.ts";
import { saturate } from "./durable.ts";
import { add, atLeast, atMost, type Gathered, percentile, times } from "./figures.ts";
import { conversationId, type Ground } from "./ground.ts";
import { owner, type Platform, senders, signedDeliveries } from "./platforms.ts";
import { askOnce, Connection } from "./wire.ts";

type Options = {
  milliseconds: number;
  order: Name[];
  modelPort: number;
  receiverPort: number;
};

const platforms: Platform[] = ["custom", "whatsapp"];
const labels: Record<Platform, string> = { custom: "custom channel", whatsapp: "WhatsApp" };
/** More than any contender takes in a second: what runs out would be sent twice, and twice is cheaper. */
const fastest = 20_000;
/** Deliveries a second for the acknowledgement's lines. */
export const steady = 200;

export async function measureWebhooks(gathered: Gathered, ground: Ground, options: Options): Promise<void> {
  for (const name of options.order) {
    await intake(gathered, ground, name, options);
    await acknowledgement(gathered, ground, name, options);
  }
  await outgoing(gathered, ground, options);
}

/** With the work on each delivery enqueued, and done by nobody: that is another process's affair, and told by other lines. */
async function intake(gathered: Gathered, ground: Ground, name: Name, options: Options): Promise<void> {
  const contender = await start(name, ground, options.modelPort, "web");
  try {
    for (const platform of platforms) {
      const rate = gathered.line(`Webhook intake, ${labels[platform]}`, "a second", [
        atLeast("goal", 0.6, "≥ 0.6 × bare", times("bare")),
      ]);
      const cost = gathered.line(`Webhook intake, ${labels[platform]}, server's processor time`, "µs each");
      const milliseconds = options.milliseconds / 2;
      const count = Math.ceil((milliseconds * 4 * fastest) / 3_000);
      const requests = signedDeliveries(platform, pathOf(name, platform, ground), count);
      const found = await saturate(contender, (n) => requests[n] ?? spent(), milliseconds);
      add(rate, name, found.rate);
      add(cost, name, found.cpu);
    }
  } finally {
    await contender.stop();
    await forget(ground, name);
  }
}

function spent(): never {
  throw new Error("More deliveries were taken than were made.");
}

/** At a steady rate, each counted from the moment at which it was to leave, while the worker handles what comes. */
async function acknowledgement(
  gathered: Gathered,
  ground: Ground,
  name: Name,
  options: Options,
): Promise<void> {
  const contender = await start(name, ground, options.modelPort);
  try {
    for (const platform of platforms) {
      const line = `Webhook acknowledgement at ${steady} a second, ${labels[platform]}`;
      const p50 = gathered.line(`${line}, p50`, "ms");
      const p99 = gathered.line(`${line}, p99`, "ms", [
        atMost("goal", 50, "≤ 50 ms", ({ sides }) => percentile(sides.baton ?? [], 0.5)),
      ]);
      const count = (options.milliseconds / 1_000) * steady;
      const requests = signedDeliveries(platform, pathOf(name, platform, ground), count + 2 * steady);
      await steadily(contender, requests.splice(0, 2 * steady));
      const found = await steadily(contender, requests);
      add(p50, name, percentile(found, 0.5));
      add(p99, name, percentile(found, 0.99));
    }
  } finally {
    await contender.stop();
    await forget(ground, name);
  }
}

/** Asks so often a second, and answers the milliseconds of each answer, counted from the moment at which it was to leave. */
export async function steadily(contender: Contender, requests: string[], rate = steady): Promise<number[]> {
  const idle = Array.from({ length: 64 }, () => new Connection(contender.port));
  const all = [...idle];
  const began = performance.now();
  const took: Promise<number>[] = [];
  for (const [n, request] of requests.entries()) {
    const due = began + (n * 1_000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    const connection = idle.pop() ?? new Connection(contender.port);
    took.push(
      acknowledged(contender, connection, request).then(() => {
        idle.push(connection);
        return performance.now() - due;
      }),
    );
  }
  const found = await Promise.all(took);
  for (const connection of new Set([...all, ...idle])) connection.close();
  return found;
}

/** Whoever is shed comes again, as a platform does, and has waited since its first try. */
async function acknowledged(contender: Contender, connection: Connection, request: string): Promise<void> {
  for (;;) {
    const { status, body } = await connection.ask(request);
    if (status < 300) return;
    if (status !== 503) throw new Error(`${contender.name} answered ${status}: ${body}`);
    await pause(100);
  }
}

/** Stores messages of ours while nobody sends them, then lets a process send them to a receiver that counts. */
async function outgoing(gathered: Gathered, ground: Ground, options: Options): Promise<void> {
  const line = gathered.line("Deliveries out, custom channel", "a second");
  openDatabase(ground.url("baton"));
  openBus(undefined);
  for (let said = 0; said < senders.each; said += 1) {
    const replies = Array.from({ length: senders.connections }, (_, n) =>
      sendAsOperator(owner, conversationId(senders.firstChat + n), {
        clientId: crypto.randomUUID(),
        text: "It left our house this morning, and should be with you tomorrow.",
        audience: "all",
      }),
    );
    await Promise.all(replies);
  }
  await closeBus();
  await closeDatabase();
  const told = async (path = "/") => JSON.parse((await askOnce(options.receiverPort, { path })).body) as Told;
  await told("/anew");
  const contender = await start("baton", ground, options.modelPort);
  try {
    const all = senders.connections * senders.each;
    for (let waited = 0; waited < 600 && (await told()).count < all; waited += 1) await pause(100);
    const { count, first, last } = await told();
    if (count < all) throw new Error(`Only ${count} of ${all} left.`);
    add(line, "baton", ((count - 1) * 1_000) / (last - first));
  } finally {
    await contender.stop();
  }
}

type Told = { count: number; first: number; last: number };

function pathOf(name: Name, platform: Platform, ground: Ground): string {
  return name === "bare" ? `/webhook/${platform}` : ground.paths[platform];
}

/** Clears away what was taken in, so that the next line's worker has nothing else to do. */
async function forget(ground: Ground, name: Name): Promise<void> {
  const admin = new pg.Client({ connectionString: ground.url(name, "admin") });
  await admin.connect();
  if (name === "bare") await admin.query("TRUNCATE bare_delivery");
  else {
    await admin.query("TRUNCATE webhook_delivery");
    await admin.query(
      "DELETE FROM graphile_worker._private_jobs; UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL",
    );
  }
  await admin.end();
}
