import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { Frame, Polled } from "#client/transport";
import { type Authentication, webSocketTransport } from "#client/websocket-transport";
import { socketUrl } from "#components/realtime/chat-transport.ts";
import { pollingTransport } from "#components/realtime/polling-transport.ts";
import { encodeFrame } from "#lib/sse";
import { handTimers, settle } from "#support/hand-timers";

function listener() {
  const frames: Frame[] = [];
  const ids: string[] = [];
  const abort = new AbortController();
  const listening = {
    lastEventId: "4",
    signal: abort.signal,
    onAlive: () => {},
    onId: (id: string) => ids.push(id),
    onFrame: (frame: Frame) => frames.push(frame),
  };
  return { frames, ids, abort, listening };
}

function dial() {
  const told: unknown[] = [];
  const heard = listener();
  const socket = new EventEmitter();
  const Socket = class {
    onopen = () => {};
    onmessage = (_: unknown) => {};
    onclose = (_: unknown) => {};
    constructor() {
      socket.on("open", () => this.onopen());
      socket.on("message", (event) => this.onmessage(event));
      socket.on("close", (event) => this.onclose(event));
    }
    send(text: string) {
      told.push(JSON.parse(text));
    }
    close() {
      socket.emit("close", { code: 1005 });
    }
  };
  const authenticate = (): Authentication => ({ stream: "conversation", sessionId: "s", token: "t" });
  const source = { url: "ws://baton/ws", authenticate, WebSocket: Socket as unknown as typeof WebSocket };
  const ended = webSocketTransport(source).open(heard.listening);
  const say = (...frames: Parameters<typeof encodeFrame>[0][]) =>
    socket.emit("message", { data: frames.map((frame) => String(encodeFrame(frame))).join("") });
  return { ...heard, told, ended, say, socket };
}

describe("a chat over a WebSocket", () => {
  it("says first who it is and where it was", () => {
    const { socket, told } = dial();
    socket.emit("open");
    expect(told).toEqual([
      { type: "authenticate", stream: "conversation", sessionId: "s", token: "t", lastEventId: "4" },
    ]);
  });

  it("reads the very frames of an event stream, also several at once", () => {
    const { say, frames, ids } = dial();
    say({ id: "7" });
    say({ event: "connected", data: {} }, { id: "8", event: "message", data: { text: "a\nb" } });
    expect(ids).toEqual(["7"]);
    expect(frames).toEqual([
      { event: "connected", data: {} },
      { id: "8", event: "message", data: { text: "a\nb" } },
    ]);
  });

  it("tells a refusal in the server's words, and never as an event", async () => {
    const { say, socket, ended, frames } = dial();
    say({
      event: "error",
      data: { type: "error", code: "unauthenticated", message: "This chat has ended." },
    });
    socket.emit("close", { code: 4401 });
    await expect(ended).rejects.toMatchObject({
      code: "unauthenticated",
      status: 401,
      message: "This chat has ended.",
    });
    expect(frames).toEqual([]);
  });

  it("ends well when the server goes in good order, and breaks otherwise", async () => {
    const restarted = dial();
    restarted.socket.emit("close", { code: 1012 });
    await expect(restarted.ended).resolves.toBeUndefined();
    const cut = dial();
    cut.socket.emit("close", { code: 1006 });
    await expect(cut.ended).rejects.toMatchObject({ code: "unreachable", status: undefined });
  });

  it("finds the sockets of a Baton by its address", () => {
    expect(socketUrl("https://baton.example")).toBe("wss://baton.example/ws");
    expect(socketUrl("http://localhost:3000")).toBe("ws://localhost:3000/ws");
  });
});

describe("a chat that polls", () => {
  function polls(pages: Polled[]) {
    const asked: (string | undefined)[] = [];
    const clock = handTimers();
    const heard = listener();
    const poll = (after: string | undefined) => {
      asked.push(after);
      return Promise.resolve(pages.shift() ?? { frames: [], next: after ?? "0", more: false });
    };
    const ended = pollingTransport(poll, 2_000, clock.timers).open(heard.listening);
    return { ...heard, asked, clock, ended };
  }
  const message = { event: "message", data: {} };

  it("reads on at once while there is more, then waits", async () => {
    const { asked, clock } = polls([
      { frames: [message], next: "5", more: true },
      { frames: [message], next: "6", more: false },
    ]);
    await settle();
    expect(asked).toEqual(["4", "5"]);
    await clock.pass(2_000);
    expect(asked).toEqual(["4", "5", "6"]);
  });

  it("moves its cursor only after the whole page", async () => {
    const { frames } = polls([{ frames: [message], next: "5", more: false }]);
    await settle();
    expect(frames.map(({ event, id }) => [event, id])).toEqual([
      ["connected", undefined],
      ["message", undefined],
      ["heartbeat", "5"],
    ]);
  });

  it("stops asking when it is left", async () => {
    const { asked, abort, ended, clock } = polls([]);
    await settle();
    abort.abort();
    await ended;
    await clock.pass(10_000);
    expect(asked).toEqual(["4"]);
  });
});
