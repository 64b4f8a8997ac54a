import { type ClientRequest, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventStream, type Opening } from "#http/event-stream";
import { anyone, route } from "#http/route";
import { type CloseReason, closeStreams, countStreams, mostUnread, type Sink } from "#http/sink";
import { encodeFrame } from "#lib/sse";
import { type Door, doorNames, openDoor } from "#support/doors";

type Opened = { sink: Sink; opening: Opening; ends: CloseReason[] };

const opened: Opened[] = [];
let subscriptions = 0;

const feed = {
  GET: route({ who: anyone }, ({ request }) =>
    eventStream(request, (sink, opening) => {
      const ends: CloseReason[] = [];
      subscriptions += 1;
      sink.onClose((reason) => {
        subscriptions -= 1;
        ends.push(reason);
      });
      opened.push({ sink, opening, ends });
      sink.write(encodeFrame({ id: "1", event: "connected", data: {} }));
    }),
  ),
};
const failing = {
  GET: route({ who: anyone }, ({ request }) =>
    eventStream(request, async (sink) => {
      sink.onClose(() => undefined);
      throw new Error("no feed");
    }),
  ),
};

describe.each(doorNames)("an event stream through the %s door", (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(name, { "api/feed": feed, "api/failing": failing });
  });
  afterAll(() => door.close());

  it("tells proxies and caches to keep their hands off", async () => {
    const { response, request } = await open(`${door.url}/api/feed`);
    expect(response.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    request.destroy();
  });

  it("delivers frames whole and in order", async () => {
    const { response, request } = await open(`${door.url}/api/feed`);
    const events = collect(response);
    const { sink } = last();
    for (let n = 0; n < 500; n += 1)
      sink.write(encodeFrame({ id: String(n), event: "data", data: { n, text: "é\n".repeat(n % 50) } }));
    await until(() => events.length === 501);
    expect(events.slice(1).map((event) => JSON.parse(event).n)).toEqual(
      Array.from({ length: 500 }, (_, n) => n),
    );
    request.destroy();
  });

  it("reads the last seen cursor from the header or the query, and nothing but a cursor", async () => {
    const seen = async (path: string, headers: Record<string, string> = {}) => {
      const { request } = await open(`${door.url}/api/feed${path}`, headers);
      request.destroy();
      return last().opening.lastEventId;
    };
    expect(await seen("", { "last-event-id": "12-a" })).toBe("12-a");
    expect(await seen("?lastEventId=34")).toBe("34");
    expect(await seen("", { "last-event-id": "{evil: 1}" })).toBeUndefined();
    expect(await seen("")).toBeUndefined();
  });

  it("answers HEAD without opening a stream", async () => {
    const before = opened.length;
    const response = await fetch(`${door.url}/api/feed`, { method: "HEAD" });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
    ]);
    expect(opened.length).toBe(before);
  });

  it("cleans up exactly once when the reader leaves", async () => {
    const { request } = await open(`${door.url}/api/feed`);
    const { sink, ends, opening } = last();
    const { signal } = opening;
    request.destroy();
    await until(() => sink.closed);
    sink.close();
    expect(ends).toEqual(["left"]);
    expect(signal.aborted).toBe(true);
    expect(sink.write(Buffer.from("x"))).toBe(false);
  });

  it("calls a listener that comes too late at once", async () => {
    const { request } = await open(`${door.url}/api/feed`);
    const { sink } = last();
    sink.close("revoked");
    const late: string[] = [];
    sink.onClose((reason) => late.push(reason));
    expect(late).toEqual(["revoked"]);
    request.destroy();
  });

  it("ends a stream that cannot be fed", async () => {
    const { response } = await open(`${door.url}/api/failing`);
    response.resume();
    await new Promise((resolve) => response.once("end", resolve));
    expect(countStreams()).toBe(0);
  });

  it("tells every reader when to come back, and ends all streams at once", async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => open(`${door.url}/api/feed`)));
    const retries: number[] = [];
    const ended = clients.map(async ({ response }) => {
      const parser = createParser({ onRetry: (retry) => retries.push(retry) });
      for await (const piece of response) parser.feed(String(piece));
    });
    const start = performance.now();
    closeStreams("drained");
    await Promise.all(ended);
    expect(performance.now() - start).toBeLessThan(name === "lane" ? 100 : 500);
    expect(retries.length).toBe(200);
    expect(new Set(retries).size).toBeGreaterThan(50);
    expect(Math.min(...retries)).toBeGreaterThanOrEqual(1_000);
    expect(subscriptions).toBe(0);
  });

  it("cuts a reader who stops reading, and leaves its neighbours alone", async () => {
    const healthy = await open(`${door.url}/api/feed`);
    const events = collect(healthy.response);
    const well = last();
    const stalled = await open(`${door.url}/api/feed`);
    stalled.response.pause();
    const slow = last();
    const frame = encodeFrame({ event: "data", data: "x".repeat(32 * 1024) });
    let written = 0;
    let most = 0;
    while (!slow.sink.closed && written < 2_000) {
      slow.sink.write(frame);
      well.sink.write(frame);
      written += 1;
      most = Math.max(most, slow.sink.buffered);
      await pause(1);
    }
    expect(slow.ends).toEqual(["slow"]);
    expect(most).toBeLessThanOrEqual(mostUnread + 64 * 1024);
    await until(() => events.length === written + 1);
    expect(well.sink.closed).toBe(false);
    healthy.request.destroy();
    stalled.request.destroy();
    await until(() => subscriptions === 0);
  });

  it("waits between pages of a long replay, so that a good reader is not taken for a slow one", async () => {
    const { response, request } = await open(`${door.url}/api/feed`);
    const events = collect(response);
    const { sink } = last();
    const page = encodeFrame({ event: "data", data: "y".repeat(128 * 1024) });
    for (let n = 0; n < 50; n += 1) {
      expect(sink.write(page)).toBe(true);
      await sink.drained();
    }
    await until(() => events.length === 51);
    request.destroy();
    await until(() => sink.closed);
  });

  it("leaves nothing behind after a thousand readers came and left, politely or not", {
    timeout: 30_000,
  }, async () => {
    const { port } = new URL(door.url);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => visit(Number(port), n % 5)));
    }
    await until(() => subscriptions === 0 && countStreams() === 0, 5_000);
    const connections = () =>
      new Promise<number>((resolve) => door.server.getConnections((_, count) => resolve(count)));
    await pause(50);
    expect(await connections()).toBeLessThanOrEqual(1);
  });
});

/** One visit of a stream that ends in one of five ways. */
async function visit(port: number, way: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("connect", resolve));
  const head = "GET /api/feed HTTP/1.1\r\nHost: baton.test\r\n";
  if (way === 0) {
    socket.write(head);
    await pause(1);
  } else {
    socket.write(`${head}\r\n`);
    if (way > 1) await new Promise((resolve) => socket.once("data", resolve));
  }
  if (way === 3) socket.resetAndDestroy();
  else if (way === 4) socket.end();
  else socket.destroy();
  if (!socket.destroyed) await new Promise((resolve) => socket.resume().once("close", resolve));
}

function last(): Opened {
  const found = opened.at(-1);
  if (found === undefined) throw new Error("no stream was opened");
  return found;
}

function open(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => {
      response.on("error", () => undefined);
      resolve({ request, response });
    });
    request.on("error", reject);
  });
}

function collect(response: IncomingMessage): string[] {
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(data) });
  response.setEncoding("utf8");
  response.on("data", (piece: string) => parser.feed(piece));
  return events;
}

async function until(holds: () => boolean, patience = 3_000): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error("what was waited for did not happen");
    await pause(5);
  }
}
