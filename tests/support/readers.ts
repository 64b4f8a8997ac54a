import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import type { DurableEvent } from "#contracts/events";

const durable: string[] = [
  "message",
  "state",
  "delivery",
  "attributes",
  "call",
] satisfies DurableEvent["type"][];

/** A reader that keeps every durable event in the order in which it came, over all its connections. */
export type Reader = {
  name: string;
  events: DurableEvent[];
  /** Every other frame, as it came. */
  others: { event: string; data: Record<string, unknown> }[];
  /** All text that was ever received. */
  raw(): string;
  connections(): number;
  cut(): void;
  stop(): Promise<void>;
};

type Carry = (
  lastEventId: string | undefined,
  feed: (text: string) => void,
  signal: AbortSignal,
) => Promise<void>;

/** Reads an event stream, and comes back with the last cursor whenever it ends or is cut. */
export function readSse(name: string, url: string, headers: Record<string, string>): Reader {
  return reader(name, async (lastEventId, feed, signal) => {
    const resume = lastEventId === undefined ? undefined : { "last-event-id": lastEventId };
    const response = await fetch(url, { headers: { ...headers, ...resume }, signal });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) feed(decoder.decode(piece, { stream: true }));
  });
}

/** Reads the same frames from a WebSocket. */
export function readSocket(name: string, url: string, first: Record<string, unknown>): Reader {
  return reader(name, async (lastEventId, feed, signal) => {
    const socket = new WebSocket(url);
    const ended = new Promise<void>((done) => {
      socket.on("close", () => done());
      socket.on("error", () => done());
    });
    signal.addEventListener("abort", () => socket.terminate());
    socket.on("open", () => socket.send(JSON.stringify({ type: "authenticate", ...first, lastEventId })));
    socket.on("message", (data) => feed(String(data)));
    await ended;
  });
}

/** Asks for what is new again and again, with the cursor of the answer before. */
export function poll(name: string, url: string, headers: Record<string, string>, everyMs = 60): Reader {
  let after = "0";
  return reader(name, async (_, feed, signal) => {
    while (!signal.aborted) {
      const response = await fetch(`${url}?after=${after}&limit=3`, { headers, signal });
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      const page = (await response.json()) as { events: DurableEvent[]; next: string; more: boolean };
      for (const event of page.events) feed(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      after = page.next;
      if (!page.more) await pause(everyMs, undefined, { signal });
    }
  });
}

function reader(name: string, carry: Carry): Reader {
  const events: DurableEvent[] = [];
  const others: Reader["others"] = [];
  let raw = "";
  let lastEventId: string | undefined;
  let connections = 0;
  let stopped = false;
  let abort = new AbortController();

  const take = (frame: string) => {
    const lines = frame.split("\n");
    const value = (field: string) =>
      lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
    lastEventId = value("id") ?? lastEventId;
    const data = value("data");
    if (data === undefined) return;
    const parsed = JSON.parse(data) as DurableEvent;
    if (durable.includes(parsed.type)) events.push(parsed);
    else others.push({ event: value("event") ?? "", data: parsed });
  };
  const loop = async () => {
    while (!stopped) {
      abort = new AbortController();
      connections += 1;
      let rest = "";
      const feed = (text: string) => {
        raw += text;
        const frames = (rest + text).split("\n\n");
        rest = frames.pop() ?? "";
        for (const frame of frames) take(frame);
      };
      await carry(lastEventId, feed, abort.signal).catch(() => undefined);
      if (!stopped) await pause(5);
    }
  };
  const running = loop();
  return {
    name,
    events,
    others,
    raw: () => raw,
    connections: () => connections,
    cut: () => abort.abort(),
    async stop() {
      stopped = true;
      abort.abort();
      await running;
    },
  };
}

/** Waits before something is asked again: the longer the more it has waited, as the questions of all keep a machine busy. */
export async function beforeAskingAgain(waitedMs: number): Promise<void> {
  await pause(Math.min(10 + waitedMs / 20, 50));
}

/** Waits until something holds, and says what it was waiting for when it does not in time. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 5_000,
): Promise<number> {
  const began = performance.now();
  const waited = () => performance.now() - began;
  while (!(await holds())) {
    if (waited() > timeoutMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await beforeAskingAgain(waited());
  }
  return waited();
}
