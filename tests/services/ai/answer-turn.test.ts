import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Breaker, type ModelClient, openaiModel } from "#services/ai";
import { type ModelServer, startModelServer } from "#support/model-server";
import { helpSearch, tell } from "#support/turn";

let server: ModelServer;
let model: ModelClient;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.set({});
  server.requests.length = 0;
  const timeouts = { firstTokenMs: 300, stallMs: 200, patienceMs: 1_500, wholeMs: 3_000 };
  model = openaiModel({
    baseUrl: server.url,
    apiKey: "k",
    model: "test",
    timeouts,
    breaker: new Breaker(),
    random: () => 0,
  });
});

describe("an answer with a model", () => {
  it("streams what it stores, with the sources it cites", async () => {
    const { answer, pieces } = await tell("how long can I send something back?", { model });
    expect(answer).toMatchObject({
      text: "You can return items within 30 days [1].",
      outcome: "complete",
      model: "test",
    });
    expect(pieces.join("")).toBe(answer.text);
    expect(answer.sources).toHaveLength(1);
    expect(answer.sources[0]).toMatchObject({ number: 1, articleId: "returns" });
    expect(answer.confidence.parts).toMatchObject({ by: "model", stated: 0.9, cited: 1 });
    expect(answer.usage).toEqual({ input: 10, output: 5, rounds: 1 });
  });

  it("puts passages, history and question before the model, all marked as data", async () => {
    await tell("how long can I send something back?", {
      model,
      nonce: () => "n0nce",
      customerName: "Ada",
      history: [
        { author: "customer", text: "Hello" },
        { author: "agent", text: "Hi!" },
        { author: "operator", text: "Ben here." },
      ],
    });
    const messages = server.requests[0]?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user", "user"]);
    const last = messages.at(-1)?.content ?? "";
    expect(last).toContain("[1] Returns");
    expect(last).toMatch(
      /<data-n0nce kind="customer" label="[^"]*Ada">\nhow long can I send something back\?\n<\/data-n0nce>$/,
    );
    expect(messages[3]?.content).toContain('kind="human colleague"');
  });

  it("searches when the model asks, and lets it cite what it found", async () => {
    server.set({
      mode: "tools",
      calls: [{ name: "search_knowledge", arguments: { query: "tent pole broken" } }],
      chunks: ["Slide the sleeve over it [7]. ", "<confidence>1</confidence>"],
    });
    const { answer } = await tell("my thing broke, the long one", { model });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.messages.at(-1)).toMatchObject({ role: "tool", tool_call_id: "call_0" });
    expect(answer.usage?.rounds).toBe(2);
    expect(answer.text).toMatch(/^Slide the sleeve over it( \[1\])?\.$/);
  });

  it("asks for a person when the model does", async () => {
    server.set({
      mode: "tools",
      calls: [{ name: "escalate", arguments: { reason: "Wants to change an invoice." } }],
    });
    const { answer } = await tell("please change my invoice", { model });
    expect(answer.escalate).toEqual({ reason: "Wants to change an invoice." });
    expect(answer.outcome).toBe("complete");
    expect(server.requests).toHaveLength(1);
  });

  it("gives a model that only ever calls tools three rounds", async () => {
    const stubborn: ModelClient = {
      name: "stubborn",
      async *stream({ tools }) {
        if (tools.length === 0) yield { type: "text", text: "I do not know." };
        else yield { type: "tool", id: "1", name: "search_knowledge", arguments: '{"query":"x"}' };
        yield { type: "end", reason: "stop" };
      },
    };
    const { answer } = await tell("and so on?", { model: stubborn });
    expect(answer).toMatchObject({ text: "I do not know.", usage: { rounds: 4 } });
  });

  it("cuts an answer that never ends", async () => {
    server.set({ mode: "endless" });
    const { answer, pieces } = await tell("tell me everything", { model });
    expect(answer).toMatchObject({ outcome: "failed", failure: { kind: "runaway", streamed: true } });
    expect(answer.text.length).toBeLessThanOrEqual(6_000);
    expect(pieces.join("")).toBe(answer.text);
  });

  it.each(["error", "close", "slow", "rate-limited"] as const)(
    "falls back to the articles when the model fails first: %s",
    async (mode) => {
      server.set({ mode, firstMs: 2_000, retryAfter: "30" });
      const { answer, pieces } = await tell("how do I wash my down jacket?", { model });
      expect(answer).toMatchObject({
        outcome: "complete",
        model: "keyless",
        failure: { recovered: true, streamed: false },
      });
      expect(answer.text).toContain("30 °C");
      expect(pieces.join("")).toBe(answer.text);
    },
  );

  it("says that it failed when the articles do not know either", async () => {
    server.set({ mode: "error" });
    const { answer, pieces } = await tell("who won the world cup in 1990?", { model });
    expect(answer).toMatchObject({
      outcome: "failed",
      text: "",
      failure: { kind: "server", recovered: false },
    });
    expect(pieces).toEqual([]);
  });

  it.each([
    ["cut", "cut"],
    ["stall", "timeout"],
    ["malformed", "malformed"],
  ] as const)("keeps what was shown when the stream breaks: %s", async (mode, kind) => {
    server.set({ mode });
    const { answer, pieces } = await tell("how do I wash my down jacket?", { model });
    expect(answer).toMatchObject({ outcome: "failed", failure: { kind, streamed: true } });
    expect(answer.text).not.toBe("");
    expect(pieces.join("")).toBe(answer.text);
  });

  it("takes a failing search for a failure, not for a crash", async () => {
    const search = async () => {
      throw new Error("database away");
    };
    const { answer } = await tell("how do I wash my down jacket?", { model, search });
    expect(answer).toMatchObject({ outcome: "failed", failure: { kind: "internal" } });
  });

  it("ends with the reason it was aborted for, and says nothing more", async () => {
    server.set({ betweenMs: 50, chunks: Array(40).fill("word ") });
    const stop = new AbortController();
    const pieces: string[] = [];
    const telling = tell("a question?", {
      model,
      signal: stop.signal,
      emit: ({ text }) => pieces.push(text),
    });
    setTimeout(() => stop.abort("superseded"), 120);
    await expect(telling).rejects.toBe("superseded");
    const said = pieces.length;
    await new Promise((done) => setTimeout(done, 120));
    expect(pieces).toHaveLength(said);
  });

  it("trusts a model's word only as far as its sources carry it", async () => {
    server.set({ chunks: ["It is 17. <confidence>1</confidence>"] });
    const { answer } = await tell("what is 17 times 1?", { model, search: async () => [] });
    expect(answer.confidence.value).toBe(0);
    server.set({ chunks: ["Wash at 30 °C [1]. <confidence>0.1</confidence>"] });
    const { answer: unsure } = await tell("how do I wash my down jacket?", { model, search: helpSearch() });
    expect(unsure.confidence.value).toBeLessThan(0.2);
  });
});
