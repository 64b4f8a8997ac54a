import type { DurableEvent, LiveEvent } from "#contracts/events";
import { bus } from "#lib/bus";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { conversationTopic, cursorOf, eventsAfter, forCustomer, type Ring } from "#services/conversations";
import { countDelivery, streamFigures } from "./metrics.ts";
import { cursorFrame, durableFrames, eventFrame, type StreamSink } from "./stream.ts";

const replayPage = 200;

/** One reader of one conversation, at its own place in the log. */
export type Follower = {
  sink: StreamSink;
  streamId: string;
  companyId: string;
  conversationId: string;
  audience: "all" | "operators";
  /** The number that was written last. */
  last: number;
  catchingUp: boolean;
  /** While the first frames are written, what is fleeting waits here, so that nothing comes before the snapshot. */
  opening?: Held[];
  sessionId?: string;
  /** A window that shows more than this conversation gets its durable events elsewhere, and only what is fleeting here. */
  fleetingOnly?: boolean;
  /** A window that shows another conversation only hears that something has happened here; without an event, that it missed what. */
  bell?: (event?: LiveEvent) => void;
  /** Writes entries of the log its own way. */
  frame?: (event: DurableEvent, id: string) => Buffer;
};

type Held = { frame: Buffer; runId: string | undefined };

type Feed = {
  followers: Set<Follower>;
  head: number;
  /** Answers that words were heard of, and those of them that have ended: what is still heard of these is late. */
  heard: Set<string>;
  over: Set<string>;
  /** The newest change of state that was heard. */
  stateSeq: number;
  stop: () => void;
};

const mostRuns = 50;
const mostHeld = 1_000;

/** The conversations that streams of this process follow. */
export function conversationFeeds(): Map<string, Feed> {
  return once("notifications.conversations", () => new Map<string, Feed>());
}

/** Starts to follow a conversation; ends when the sink closes. The caller has written everything up to `last`. */
export function follow(follower: Follower): void {
  const feeds = conversationFeeds();
  const { conversationId } = follower;
  let feed = feeds.get(conversationId);
  if (feed === undefined) {
    const made: Feed = {
      followers: new Set(),
      head: follower.last,
      heard: new Set(),
      over: new Set(),
      stateSeq: 0,
      stop: () => undefined,
    };
    made.stop = bus().subscribe(conversationTopic(conversationId), (message) => hear(made, message));
    feeds.set(conversationId, made);
    feed = made;
  }
  const joined = feed;
  joined.followers.add(follower);
  follower.sink.onClose(() => leave(joined, follower));
}

/** Brings every follower of a conversation up to a head number that Postgres told. */
export function catchUpTo(conversationId: string, head: number): void {
  const feed = conversationFeeds().get(conversationId);
  if (feed === undefined) return;
  feed.head = Math.max(feed.head, head);
  for (const follower of feed.followers) {
    if (follower.fleetingOnly || follower.last >= head || follower.catchingUp) continue;
    if (follower.bell !== undefined) {
      follower.last = head;
      follower.bell();
      continue;
    }
    streamFigures().swept += 1;
    void catchUp(feed, follower);
  }
}

/** Reads from Postgres what a follower has not been written yet, until it stands at the newest number heard of. */
export async function replay(follower: Follower): Promise<void> {
  const feed = conversationFeeds().get(follower.conversationId);
  if (feed !== undefined) await catchUp(feed, follower);
}

/** Writes the answer under way to a reader who came back, then what was held while it caught up. */
export function settle(
  follower: Follower,
  partial?: { runId: string; messageId: string; text: string },
): void {
  const held = follower.opening ?? [];
  follower.opening = undefined;
  const over = conversationFeeds().get(follower.conversationId)?.over;
  if (partial !== undefined && !over?.has(partial.runId)) {
    const { conversationId } = follower;
    const { runId, messageId, text } = partial;
    const run = { conversationId, runId, messageId };
    follower.sink.write(
      eventFrame(text === "" ? { type: "thinking", ...run } : { type: "delta", ...run, offset: 0, text }),
    );
  }
  for (const { frame, runId } of held) {
    if (runId === undefined || !over?.has(runId)) follower.sink.write(frame);
  }
}

function leave(feed: Feed, follower: Follower): void {
  if (!feed.followers.delete(follower) || feed.followers.size > 0) return;
  const feeds = conversationFeeds();
  if (feeds.get(follower.conversationId) !== feed) return;
  feeds.delete(follower.conversationId);
  feed.stop();
}

function hear(feed: Feed, message: string): void {
  const ring = JSON.parse(message) as Ring;
  const { event } = ring;
  if (isDurable(event)) {
    note(feed, event);
    hearDurable(feed, ring, event);
  } else {
    hearFleeting(feed, ring);
  }
}

const durable: ReadonlySet<string> = new Set<DurableEvent["type"]>([
  "message",
  "state",
  "delivery",
  "attributes",
  "call",
]);

function isDurable(event: LiveEvent): event is DurableEvent {
  return durable.has(event.type);
}

function hearDurable(feed: Feed, ring: Ring, event: DurableEvent): void {
  const { seq } = event;
  feed.head = Math.max(feed.head, seq);
  const frames: { all?: Buffer; operators?: Buffer } = {};
  for (const follower of feed.followers) {
    if (follower.fleetingOnly || follower.catchingUp || seq <= follower.last) continue;
    if (follower.bell !== undefined) {
      follower.last = seq;
      follower.bell(event);
      continue;
    }
    if (seq > follower.last + 1) {
      streamFigures().repaired += 1;
      void catchUp(feed, follower);
      continue;
    }
    follower.last = seq;
    if (ring.audience === "operators" && follower.audience !== "operators") {
      follower.sink.write(cursorFrame(cursorOf(follower.conversationId, seq)));
    } else if (ring.from === follower.streamId) {
      // This window sent it and has it; only its place in the log moves.
      follower.sink.write(cursorFrame(cursorOf(follower.conversationId, seq)));
    } else if (follower.frame !== undefined) {
      follower.sink.write(follower.frame(event, cursorOf(follower.conversationId, seq)));
      countDelivery(ring.at);
    } else {
      const { audience } = follower;
      const shown = audience === "all" ? forCustomer(event) : event;
      frames[audience] ??= durableFrames(shown, cursorOf(follower.conversationId, seq));
      follower.sink.write(frames[audience]);
      countDelivery(ring.at);
    }
  }
}

/** Remembers which answers an entry of the log ended: their last words may still be on the way, and must not follow it. */
function note(feed: Feed, event: DurableEvent): void {
  if (event.type === "message") {
    if (event.message.answer !== undefined) end(feed, event.message.answer.runId);
    return;
  }
  if (event.type !== "state" || event.seq <= feed.stateSeq) return;
  feed.stateSeq = event.seq;
  if (event.state.owner !== "ai") for (const runId of feed.heard) end(feed, runId);
}

function end(feed: Feed, runId: string): void {
  feed.heard.delete(runId);
  feed.over.add(runId);
  const [oldest] = feed.over;
  if (feed.over.size > mostRuns && oldest !== undefined) feed.over.delete(oldest);
}

function hearFleeting(feed: Feed, ring: Ring): void {
  const { event } = ring;
  const speaks = event.type === "thinking" || event.type === "delta";
  if (speaks && feed.over.has(event.runId)) return;
  if (speaks) feed.heard.add(event.runId);
  if (event.type === "superseded") end(feed, event.runId);
  const frame = eventFrame(event);
  for (const follower of feed.followers) {
    if (follower.bell !== undefined) {
      follower.bell(event);
      continue;
    }
    // A ring for those who keep the list; what it holds, each window is told in its own words.
    if (event.type === "topics") continue;
    if (ring.audience === "operators" && follower.audience !== "operators") continue;
    if (ring.from !== undefined && ring.from === follower.streamId) continue;
    if (isOwnTyping(event, follower)) continue;
    if (follower.opening === undefined) follower.sink.write(frame);
    else if (follower.opening.length < mostHeld)
      follower.opening.push({ frame, runId: speaks ? event.runId : undefined });
  }
}

function isOwnTyping(event: LiveEvent, follower: Follower): boolean {
  return event.type === "typing" && event.author === "customer" && follower.audience === "all";
}

async function catchUp(feed: Feed, follower: Follower): Promise<void> {
  if (follower.catchingUp) return;
  follower.catchingUp = true;
  try {
    let more = true;
    while ((more || feed.head > follower.last) && !follower.sink.closed) {
      const page = await eventsAfter(follower, follower.conversationId, {
        after: follower.last,
        limit: replayPage,
        audience: follower.audience,
      });
      if (page.seen === follower.last && !page.more) break;
      for (const event of page.events) {
        note(feed, event);
        const id = cursorOf(event.conversationId, event.seq);
        follower.sink.write(follower.frame?.(event, id) ?? durableFrames(event, id));
      }
      // Entries that this reader may not see still move its cursor.
      if (page.events.at(-1)?.seq !== page.seen)
        follower.sink.write(cursorFrame(cursorOf(follower.conversationId, page.seen)));
      follower.last = page.seen;
      more = page.more;
      await follower.sink.drained();
    }
  } catch (error) {
    // The sweep finds the same gap a second later.
    log.warn({ name: error instanceof Error ? error.name : "unknown" }, "A gap could not be read");
  } finally {
    follower.catchingUp = false;
  }
}
