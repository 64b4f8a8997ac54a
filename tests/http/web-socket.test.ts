import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { closeStreams, countStreams } from "#http/sink";
import { type Connection, webSocket } from "#http/web-socket";
import { AppError } from "#lib/errors";
import { encodeFrame } from "#lib/sse";

describe("a WebSocket", () => {
  const met: Connection[] = [];
  const others: string[] = [];
  let server: Server;
  let url = "";
  let sockets: { close(): void };

  beforeAll(async () => {
    server = createServer();
    sockets = webSocket(server, {
      path: "/ws",
      patience: 150,
      beat: 100,
      otherwise(message, socket) {
        others.push(message.url ?? "");
        socket.destroy();
      },
      async onConnection(connection) {
        await pause(1);
        if (JSON.stringify(connection.first).includes("stranger"))
          throw new AppError("unauthenticated", "Who are you?");
        met.push(connection);
        connection.sink.write(encodeFrame({ id: "5", event: "connected", data: connection.first }));
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    sockets.close();
    server.close();
  });

  it("carries the same frames as a stream, after the first message said who it is", async () => {
    const { socket, events } = await dial(
      { token: "t", lastEventId: "12" },
      { origin: "https://shop.example" },
    );
    await until(() => events.length === 1);
    expect(events).toEqual([{ id: "5", event: "connected", data: '{"token":"t","lastEventId":"12"}' }]);
    expect(met.at(-1)).toMatchObject({ origin: "https://shop.example", ip: "127.0.0.1", lastEventId: "12" });
    socket.close();
    await until(() => countStreams() === 0);
  });

  it("hands later messages on, parsed", async () => {
    const { socket, events } = await dial({});
    await until(() => events.length === 1);
    const heard: unknown[] = [];
    met.at(-1)?.onMessage((message) => heard.push(message));
    socket.send('{"typing":true}');
    await until(() => heard.length === 1);
    expect(heard).toEqual([{ typing: true }]);
    socket.send("{");
    expect(await closed(socket)).toBe(4400);
  });

  it("tells a stranger why it ends", async () => {
    const { socket, events } = await dial({ name: "stranger" });
    expect(await closed(socket)).toBe(4401);
    expect(JSON.parse(events[0]?.data ?? "")).toEqual({
      type: "error",
      code: "unauthenticated",
      message: "Who are you?",
    });
    await until(() => countStreams() === 0);
  });

  it("keeps what a hasty client says before it was recognised", async () => {
    const before = met.length;
    const { socket } = await dial({});
    socket.send("1");
    socket.send("2");
    await until(() => met.length > before);
    await pause(20);
    const heard: unknown[] = [];
    met.at(-1)?.onMessage((message) => heard.push(message));
    expect(heard).toEqual([1, 2]);
    socket.close();
    await until(() => countStreams() === 0);
  });

  it("ends with whoever says nothing, too much, or nonsense", async () => {
    const silent = new WebSocket(`${url}/ws`);
    expect(await closed(silent)).toBe(4401);
    const loud = await dial("x".repeat(70_000));
    expect(await closed(loud.socket)).toBe(1009);
    const { socket } = await dial(undefined);
    expect(await closed(socket)).toBe(4400);
  });

  it("hangs up on a client that no longer answers pings", async () => {
    const { socket, events } = await dial({}, {}, { autoPong: false });
    await until(() => events.length === 1);
    expect(await closed(socket)).toBe(1006);
    await until(() => countStreams() === 0);
  });

  it("keeps a client that answers pings", async () => {
    const { socket, events } = await dial({});
    await until(() => events.length === 1);
    await pause(350);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    await until(() => countStreams() === 0);
  });

  it("cuts a client that stops reading", async () => {
    const { socket, events } = await dial({});
    await until(() => events.length === 1);
    const sink = met.at(-1)?.sink;
    socket.pause();
    const frame = encodeFrame({ event: "data", data: "x".repeat(32 * 1024) });
    for (let n = 0; n < 1_000 && !sink?.closed; n += 1) {
      sink?.write(frame);
      await pause(1);
    }
    expect(sink?.closed).toBe(true);
    socket.terminate();
  });

  it("tells every client when to come back before the process ends", async () => {
    const { socket, events, retries } = await dial({});
    await until(() => events.length === 1);
    closeStreams("drained");
    expect(await closed(socket)).toBe(1012);
    expect(retries.length).toBe(1);
  });

  it("passes upgrades of other paths on", async () => {
    const socket = new WebSocket(`${url}/_next/hmr`);
    await closed(socket);
    expect(others).toEqual(["/_next/hmr"]);
  });

  async function dial(
    first: unknown,
    headers: Record<string, string> = {},
    options: { autoPong?: boolean } = {},
  ) {
    const socket = new WebSocket(`${url}/ws`, { headers, ...options });
    const events: { id?: string; event?: string; data: string }[] = [];
    const retries: number[] = [];
    const parser = createParser({
      onEvent: (event) => events.push({ ...event }),
      onRetry: (retry) => retries.push(retry),
    });
    socket.on("message", (data) => parser.feed(String(data)));
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send(JSON.stringify(first) ?? "nonsense");
    return { socket, events, retries };
  }
});

function closed(socket: WebSocket): Promise<number> {
  socket.on("error", () => undefined);
  return new Promise((resolve) => socket.once("close", resolve));
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 3_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("what was waited for did not happen");
    await pause(5);
  }
}
