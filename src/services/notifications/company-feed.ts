import type { DurableEvent, LiveEvent } from "#contracts/events";
import { bus } from "#lib/bus";
import { read } from "#lib/db";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { type FeedRow, sweepFeed } from "#lib/sweeps";
import { companyTopic, eventsAfter, eventsAt, type Ring } from "#services/conversations";
import { countDelivery, streamFigures } from "./metrics.ts";
import { durableFrames, eventFrame, type StreamSink } from "./stream.ts";

const mostReplayed = 2_000;
const mostRemembered = 20_000;
/** More than this heard while a window still reads what it missed: it reads too slowly, and comes again. */
const mostWaiting = 5_000;

/** One operator window's place in its company's feed. */
export type CompanyFollower = {
  sink: StreamSink;
  streamId: string;
  companyId: string;
  /** While it reads what it missed, what is heard meanwhile waits here. */
  waiting?: { key: string; frame: Buffer }[];
  /** What the replay wrote, so that the feed does not write it again. */
  replayed?: Set<string>;
};

type Feed = {
  companyId: string;
  followers: Set<CompanyFollower>;
  /** Everything of transactions before this one has been written to every follower. */
  since: string;
  /** The number written last, by conversation. */
  written: Map<string, number>;
  /** Events are put in order one after another, also where the order must be asked of Postgres. */
  order: Promise<void>;
  stop: () => void;
};

/** The companies whose feeds streams of this process follow. */
export function companyFeeds(): Map<string, Feed> {
  return once("notifications.companies", () => new Map<string, Feed>());
}

/** The cursor of a company's feed that is safe to resume from. */
export function feedCursor(companyId: string): string {
  return `o${companyFeeds().get(companyId)?.since ?? "0"}`;
}

/** Starts to follow a company's feed from a safe place; ends when the sink closes. */
export function followCompany(follower: CompanyFollower, since: string): void {
  const feeds = companyFeeds();
  const { companyId } = follower;
  let feed = feeds.get(companyId);
  if (feed === undefined) {
    const made: Feed = {
      companyId,
      followers: new Set(),
      since,
      written: new Map(),
      order: Promise.resolve(),
      stop: () => undefined,
    };
    made.stop = bus().subscribe(companyTopic(companyId), (message) =>
      hear(made, JSON.parse(message) as Ring),
    );
    feeds.set(companyId, made);
    feed = made;
  }
  const joined = feed;
  joined.followers.add(follower);
  follower.sink.onClose(() => {
    joined.followers.delete(follower);
    if (joined.followers.size > 0 || feeds.get(companyId) !== joined) return;
    feeds.delete(companyId);
    joined.stop();
  });
}

/** Writes what a returning window missed since its cursor. Answers false where that is too much to replay. */
export async function replayCompany(follower: CompanyFollower, since: string): Promise<boolean> {
  const rows = await sweepFeed([follower.companyId], since, "9223372036854775807", mostReplayed + 1);
  if (rows.length > mostReplayed) return false;
  const written = new Set<string>();
  for (let start = 0; start < rows.length; start += 200) {
    const events = await eventsAt(follower, rows.slice(start, start + 200));
    for (const event of events) {
      written.add(keyOf(event));
      follower.sink.write(durableFrames(event, undefined));
    }
    await follower.sink.drained();
  }
  for (const { key, frame } of follower.waiting ?? []) {
    if (!written.has(key)) follower.sink.write(frame);
  }
  follower.waiting = undefined;
  follower.replayed = written;
  return true;
}

/** Writes what finished transactions added and no bus message told; moves every feed's cursor. */
export async function sweepCompanies(oldestRunning: string): Promise<void> {
  const feeds = [...companyFeeds().values()];
  if (feeds.length === 0) return;
  const behind = feeds.filter((feed) => BigInt(feed.since) < BigInt(oldestRunning));
  const [since] = behind.map((feed) => BigInt(feed.since)).sort((a, b) => Number(a - b));
  if (since === undefined) return;
  const rows = await sweepFeed(
    behind.map((feed) => feed.companyId),
    String(since),
    oldestRunning,
    10_000,
  );
  const upto = rows.length === 10_000 ? (rows.at(-1)?.txid ?? oldestRunning) : oldestRunning;
  for (const feed of behind) {
    const missed = rows.filter(
      (row) =>
        row.companyId === feed.companyId &&
        BigInt(row.txid) >= BigInt(feed.since) &&
        row.seq > (feed.written.get(row.conversationId) ?? 0),
    );
    if (missed.length === 0) feed.since = upto;
    else inOrder(feed, () => writeMissed(feed, missed, upto));
  }
}

/** Writes an event that is not in the log to every operator window of a company, in this process. */
export function writeToCompany(companyId: string, event: LiveEvent): void {
  const feed = companyFeeds().get(companyId);
  if (feed !== undefined) writeAll(feed, `fleeting:${event.type}`, eventFrame(event));
}

function hear(feed: Feed, ring: Ring): void {
  const { event } = ring;
  if (!isDurable(event)) {
    // After the events before it, so that a row never tells what its messages have not.
    inOrder(feed, async () => writeAll(feed, `fleeting:${event.type}`, eventFrame(event)));
    return;
  }
  inOrder(feed, async () => {
    const last = feed.written.get(event.conversationId);
    if (last !== undefined && event.seq <= last) return;
    if (last === undefined || event.seq > last + 1) await repair(feed, event, last);
    else write(feed, event, ring.at);
  });
}

/** Reads what stands between the last number written and this event; without one, what the cursor has not covered. */
async function repair(feed: Feed, event: DurableEvent, last: number | undefined): Promise<void> {
  const first = last ?? (await firstSince(feed, event.conversationId)) ?? event.seq - 1;
  if (last !== undefined) streamFigures().repaired += 1;
  let after = Math.min(first, event.seq - 1);
  while (after < event.seq) {
    const page = await eventsAfter(feed, event.conversationId, { after, limit: 500, audience: "operators" });
    for (const found of page.events) write(feed, found, undefined);
    if (page.seen === after) break;
    after = page.seen;
  }
}

async function firstSince(feed: Feed, conversationId: string): Promise<number | undefined> {
  const [row] = await read<{ first: number | null }>(
    feed.companyId,
    "SELECT min(seq) - 1 AS first FROM event WHERE company_id = $1 AND conversation_id = $2 AND txid >= $3::xid8",
    [feed.companyId, conversationId, feed.since],
  );
  return row?.first ?? undefined;
}

async function writeMissed(feed: Feed, rows: FeedRow[], upto: string): Promise<void> {
  const still = rows.filter((row) => row.seq > (feed.written.get(row.conversationId) ?? 0));
  if (still.length > 0) streamFigures().swept += still.length;
  for (let start = 0; start < still.length; start += 500) {
    for (const event of await eventsAt(feed, still.slice(start, start + 500))) write(feed, event, undefined);
  }
  feed.since = upto;
}

function write(feed: Feed, event: DurableEvent, at: number | undefined): void {
  if (event.seq <= (feed.written.get(event.conversationId) ?? 0)) return;
  feed.written.delete(event.conversationId);
  feed.written.set(event.conversationId, event.seq);
  if (feed.written.size > mostRemembered) {
    const oldest = feed.written.keys().next().value;
    if (oldest !== undefined) feed.written.delete(oldest);
  }
  writeAll(feed, keyOf(event), durableFrames(event, `o${feed.since}`));
  countDelivery(at);
}

function writeAll(feed: Feed, key: string, frame: Buffer): void {
  for (const follower of feed.followers) {
    if (follower.waiting !== undefined) {
      if (follower.waiting.push({ key, frame }) > mostWaiting) follower.sink.close("slow");
    } else if (!follower.replayed?.has(key)) follower.sink.write(frame);
  }
}

const durable: readonly string[] = [
  "message",
  "state",
  "delivery",
  "attributes",
  "call",
] satisfies DurableEvent["type"][];

function isDurable(event: LiveEvent): event is DurableEvent {
  return durable.includes(event.type);
}

function keyOf(event: DurableEvent): string {
  return `${event.conversationId}:${event.seq}`;
}

function inOrder(feed: Feed, work: () => Promise<void>): void {
  feed.order = feed.order.then(work).catch((error: unknown) => {
    // The next sweep reads the same rows again.
    log.warn({ name: error instanceof Error ? error.name : "unknown" }, "A company's feed could not be read");
  });
}
