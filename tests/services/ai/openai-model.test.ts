import { afterEach, describe, expect, it } from "vitest";
import {
  Breaker,
  type ModelEvent,
  type ModelRequest,
  type OpenAiModelOptions,
  openaiModel,
} from "#services/ai";
import { type ModelServer, type Script, startModelServer } from "#support/model-server";

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function aModel(script: Partial<Script>, options: Partial<OpenAiModelOptions> = {}) {
  server = await startModelServer(script);
  const model = openaiModel({
    baseUrl: server.url,
    apiKey: "test",
    model: "test",
    random: () => 0.1,
    breaker: new Breaker(),
    ...options,
    timeouts: { firstTokenMs: 300, stallMs: 200, patienceMs: 1_500, wholeMs: 3_000, ...options.timeouts },
  });
  return { server, model };
}

function aRequest(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: "Be brief.",
    messages: [{ role: "user", text: "Hi" }],
    tools: [],
    signal: new AbortController().signal,
    ...change,
  };
}

async function hear(stream: AsyncIterable<ModelEvent>) {
  const events: ModelEvent[] = [];
  let failure: unknown;
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    failure = error;
  }
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  return { events, text, failure };
}

describe("a model behind an OpenAI-compatible server", () => {
  it("streams text, usage and the end", async () => {
    const { model } = await aModel({ chunks: ["Hello", " there"] });
    const { events } = await hear(model.stream(aRequest()));
    expect(events).toEqual([
      { type: "text", text: "Hello" },
      { type: "text", text: " there" },
      { type: "usage", input: 10, output: 5 },
      { type: "end", reason: "stop" },
    ]);
  });

  it("joins a tool call from its pieces", async () => {
    const { model } = await aModel({
      mode: "tools",
      calls: [{ name: "search_knowledge", arguments: { query: "returns" } }],
    });
    const tools = [{ name: "search_knowledge", description: "", parameters: { type: "object" } }];
    const { events } = await hear(model.stream(aRequest({ tools })));
    expect(events).toContainEqual({
      type: "tool",
      id: "call_0",
      name: "search_knowledge",
      arguments: '{"query":"returns"}',
    });
    expect(events.at(-1)).toEqual({ type: "end", reason: "tools" });
  });

  it("keeps one connection warm", async () => {
    const { model, server } = await aModel({});
    for (let round = 0; round < 5; round += 1) await hear(model.stream(aRequest()));
    expect(server.connections()).toBe(1);
  });

  it("retries a 429 and waits as long as it was told", async () => {
    const { model, server } = await aModel({ mode: "rate-limited", failures: 1, retryAfter: "1" });
    const began = performance.now();
    const { text, failure } = await hear(model.stream(aRequest()));
    expect(failure).toBeUndefined();
    expect(text).toContain("30 days");
    expect(server.requests).toHaveLength(2);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  });

  it("does not wait for a Retry-After beyond a customer's patience", async () => {
    const { model, server } = await aModel({ mode: "rate-limited", retryAfter: "60" });
    const { failure } = await hear(model.stream(aRequest()));
    expect(failure).toMatchObject({ kind: "rate_limited", retryAfterMs: 60_000 });
    expect(server.requests).toHaveLength(1);
  });

  it("retries a server error at most twice", async () => {
    const { model, server } = await aModel({ mode: "error" });
    const { failure } = await hear(model.stream(aRequest()));
    expect(failure).toMatchObject({ kind: "server" });
    expect(server.requests).toHaveLength(3);
  });

  it("recovers from a connection that was closed before the answer", async () => {
    const { model } = await aModel({ mode: "close", failures: 2 });
    expect(await hear(model.stream(aRequest()))).toMatchObject({ failure: undefined });
  });

  it("gives up on a first token that does not come", async () => {
    const { model, server } = await aModel({ mode: "slow", firstMs: 2_000 });
    const began = performance.now();
    const { failure } = await hear(model.stream(aRequest()));
    expect(failure).toMatchObject({ kind: "timeout" });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(server.requests).toHaveLength(1);
  });

  it("cuts a stream that stalls, and does not begin it again", async () => {
    const { model, server } = await aModel({ mode: "stall" });
    const { text, failure } = await hear(model.stream(aRequest()));
    expect(text).not.toBe("");
    expect(failure).toMatchObject({ kind: "timeout" });
    expect(server.requests).toHaveLength(1);
  });

  it("tells of a stream that was cut", async () => {
    const { model, server } = await aModel({ mode: "cut" });
    const { text, failure } = await hear(model.stream(aRequest()));
    expect(text).not.toBe("");
    expect(failure).toMatchObject({ kind: "cut" });
    expect(server.requests).toHaveLength(1);
  });

  it("tells of a chunk that is no JSON", async () => {
    const { model } = await aModel({ mode: "malformed" });
    expect(await hear(model.stream(aRequest()))).toMatchObject({ failure: { kind: "malformed" } });
  });

  it("ends at once when it is aborted, with the reason given", async () => {
    const { model } = await aModel({ betweenMs: 100, chunks: Array(50).fill("word ") });
    const stop = new AbortController();
    const began = performance.now();
    setTimeout(() => stop.abort("stopped"), 150);
    const { failure, text } = await hear(model.stream(aRequest({ signal: stop.signal })));
    expect(failure).toBe("stopped");
    expect(text).toContain("word");
    expect(performance.now() - began).toBeLessThan(400);
  });

  it("leaves a failing server alone for a while, then tries it once", async () => {
    let now = 0;
    const breaker = new Breaker(
      { failures: 3, restMs: 1_000 },
      { now: () => now, after: () => () => undefined },
    );
    const { model, server } = await aModel({ mode: "error" }, { breaker });
    await hear(model.stream(aRequest()));
    await hear(model.stream(aRequest()));
    expect(server.requests).toHaveLength(3);
    now = 1_001;
    await hear(model.stream(aRequest()));
    expect(server.requests).toHaveLength(4);
    server.set({ mode: "ok" });
    now = 4_000;
    expect(await hear(model.stream(aRequest()))).toMatchObject({ failure: undefined });
    expect(await hear(model.stream(aRequest()))).toMatchObject({ failure: undefined });
  });
});
