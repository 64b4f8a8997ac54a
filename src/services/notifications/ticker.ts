import { bus } from "#lib/bus";
import { log } from "#lib/log";
import { forget, once } from "#lib/registry";
import { encodeFrame } from "#lib/sse";
import { oldestRunningTransaction, sweepHeads, sweepListeners } from "#lib/sweeps";
import { companyFeeds, feedCursor, sweepCompanies } from "./company-feed.ts";
import { catchUpTo, conversationFeeds } from "./conversation-feed.ts";
import { beatPresence, presenceBeatMs } from "./presence.ts";

const sweepMs = 1_000;
const revocationMs = 4_000;
const lookoutMs = 4_000;

type Ticker = { stop(): void };

/**
 * Starts what keeps this process's streams whole without any bus: one query a second for the heads of all conversations
 * that are followed, one for the companies' feeds, heartbeats, and the end of streams whose right has ended.
 */
export function startTicker(options: { heartbeatSeconds: number }): Ticker {
  return once("notifications.ticker", () => {
    const timers = [
      every(sweepMs, "sweep", sweep),
      every(options.heartbeatSeconds * 1_000, "heartbeat", async () => beatStreams()),
      every(presenceBeatMs, "presence", async () => beatPresence()),
      every(revocationMs, "revocation", closeRevoked),
      every(lookoutMs, "lookout", lookOut),
    ];
    const stopListening = bus().onReconnect(() => {
      sweep().catch(() => undefined);
    });
    return {
      stop() {
        for (const timer of timers) clearInterval(timer);
        stopListening();
        forget("notifications.ticker");
      },
    };
  });
}

/** Compares every followed conversation and company with Postgres, and writes what no message on the bus told. */
export async function sweep(): Promise<void> {
  const conversations = [...conversationFeeds()]
    .filter(([, feed]) => [...feed.followers].some((follower) => !follower.fleetingOnly))
    .map(([id]) => id);
  if (conversations.length > 0) {
    for (const { id, head } of await sweepHeads(conversations)) catchUpTo(id, head);
  }
  if (companyFeeds().size > 0) await sweepCompanies(await oldestRunningTransaction());
}

/** Writes a heartbeat with the head number to every stream. */
export function beatStreams(now = new Date()): void {
  const time = now.toISOString();
  for (const [, feed] of conversationFeeds()) {
    const readers = [...feed.followers].filter(({ bell }) => bell === undefined);
    const subscribers = readers.length;
    const frame = encodeFrame({
      event: "heartbeat",
      data: { type: "heartbeat", time, head: String(feed.head), subscribers },
    });
    for (const follower of readers) if (!follower.fleetingOnly) follower.sink.write(frame);
  }
  for (const [companyId, feed] of companyFeeds()) {
    const head = feedCursor(companyId);
    const frame = encodeFrame({
      id: head,
      event: "heartbeat",
      data: { type: "heartbeat", time, head, subscribers: feed.followers.size },
    });
    for (const follower of feed.followers) if (follower.waiting === undefined) follower.sink.write(frame);
  }
}

async function closeRevoked(): Promise<void> {
  const listeners = [...conversationFeeds().values()].flatMap((feed) =>
    [...feed.followers].flatMap(({ sessionId, conversationId, sink }) =>
      sessionId === undefined ? [] : [{ sessionId, conversationId, sink }],
    ),
  );
  if (listeners.length > 0) {
    const live = await sweepListeners(listeners);
    for (const [place, { sink }] of listeners.entries()) {
      // A topic that has moved on to a new conversation is asked for again, and is given in that one.
      if (!live.has(place)) sink.close("revoked");
    }
  }
}

async function lookOut(): Promise<void> {
  // What one cannot find out now must not keep the others from looking.
  const found = await Promise.allSettled([...lookouts()].map((look) => look()));
  const failed = found.find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** What streams look at every few seconds, at once. */
export function lookouts(): Set<() => Promise<void>> {
  return once("notifications.lookouts", () => new Set<() => Promise<void>>());
}

function every(milliseconds: number, name: string, work: () => Promise<void>): NodeJS.Timeout {
  let running = false;
  return setInterval(() => {
    if (running) return;
    running = true;
    work()
      .catch((error: unknown) => {
        log.warn({ name: error instanceof Error ? error.name : "unknown" }, `The ${name} of streams failed`);
      })
      .finally(() => {
        running = false;
      });
  }, milliseconds).unref();
}
