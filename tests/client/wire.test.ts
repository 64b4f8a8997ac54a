import { afterEach, describe, expect, it } from "vitest";
import { createChatApi } from "#client/chat-api";
import { createLatencyMeter } from "#client/latency";
import { openRealtime, type Realtime } from "#client/realtime";
import { sseTransport } from "#client/sse-transport";
import type { Frame } from "#client/transport";
import { type FakeChatServer, fakeAgentId, startFakeChatServer } from "#support/fake-chat-server";

const open: { stop?: () => unknown; close?: () => void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    one.close?.();
    await one.stop?.();
  }
});

async function chat(): Promise<{
  server: FakeChatServer;
  api: ReturnType<typeof createChatApi>;
  sessionId: string;
  events: Frame[];
  realtime: Realtime;
}> {
  const server = await startFakeChatServer();
  let token: string | undefined;
  const api = createChatApi({ base: server.url, token: () => token });
  const session = await api.openSession({ agentId: fakeAgentId });
  token = session.token;
  const events: Frame[] = [];
  const realtime = openRealtime({
    transport: sseTransport({ url: api.url(session.sessionId, "stream"), headers: api.headers }),
    poll: (after, signal) => api.events(session.sessionId, after, signal),
    onEvent: (frame) => events.push(frame),
    random: () => 0.05,
    limits: { pollEvery: 50 },
  });
  open.push(realtime, server);
  return { server, api, sessionId: session.sessionId, events, realtime };
}

async function until(holds: () => boolean) {
  for (let turn = 0; turn < 400 && !holds(); turn += 1) await new Promise((done) => setTimeout(done, 10));
  expect(holds()).toBe(true);
}

const texts = (events: Frame[]) =>
  events
    .filter(({ event }) => event === "message")
    .map(({ data }) => (data as { message: { text: string } }).message.text);

describe("the client on the wire", () => {
  it("misses nothing that was said while its stream was away", async () => {
    const { server, events, realtime } = await chat();
    await until(() => realtime.status().state === "connected");
    server.script().message({ kind: "agent" }, "one");
    await until(() => texts(events).length === 1);
    server.endStreams();
    server.script().message({ kind: "agent" }, "two");
    await until(() => texts(events).length === 2);
    expect(texts(events)).toEqual(["one", "two"]);
  });

  it("goes on by polling when streams do not get through", async () => {
    const { server, events, realtime } = await chat();
    await until(() => realtime.status().state === "connected");
    server.trouble("no-streams");
    await until(() => realtime.status().state === "polling");
    server.script().message({ kind: "agent" }, "by polling");
    await until(() => texts(events).includes("by polling"));
    server.trouble(undefined);
    realtime.retry();
    await until(() => realtime.status().state === "connected");
    expect(realtime.status().failures).toBeGreaterThan(0);
  });

  it("stores a message once however often it is sent", async () => {
    const { server, api, sessionId } = await chat();
    const body = { clientId: "same", text: "hello" };
    const [first, second] = [await api.send(sessionId, body), await api.send(sessionId, body)];
    expect(first.messageId).toBe(second.messageId);
    expect([first.duplicate, second.duplicate]).toEqual([false, true]);
    expect(server.room()?.messages).toHaveLength(1);
  });

  it("tells a refusal with its code, status and request id", async () => {
    const { server, api, sessionId } = await chat();
    server.trouble(429);
    await expect(api.send(sessionId, { clientId: "a", text: "x" })).rejects.toMatchObject({
      code: "rate_limited",
      status: 429,
      requestId: "req-1",
    });
  });
});

describe("the latency meter", () => {
  it("measures from send to receive once for each message", () => {
    const meter = createLatencyMeter();
    meter.sent("a", 100);
    meter.sent("b", 100);
    meter.received("b", 130);
    meter.received("a", 150);
    meter.received("a", 900);
    expect(meter.read()).toEqual({ last: 50, median: 30, slowest: 50, count: 2 });
  });
});
