import { createParser } from "eventsource-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SuggestionEvent } from "#contracts/copilot";
import { forget } from "#lib/registry";
import { importArticles } from "#services/knowledge";
import { closeRateLimits } from "#services/rate-limit";
import { until } from "#support/channel-stage";
import { doorNames } from "#support/doors";
import { type ModelServer, startModelServer } from "#support/model-server";
import { openStage, type Shop, type Stage } from "#support/stage";

describe.each(doorNames)("through the %s door", (door) => {
  let stage: Stage;
  let model: ModelServer;
  let shop: Shop;
  beforeAll(async () => {
    model = await startModelServer();
    stage = await openStage({ door, answers: false });
    process.env.OPENAI_BASE_URL = model.url;
    forget("env");
    shop = await stage.shop();
    await importArticles(shop, "demo/help-centre");
  });
  afterAll(async () => {
    delete process.env.OPENAI_BASE_URL;
    forget("env");
    await stage.close();
    await model.close();
  });

  it("streams suggestions as events, the first while the last is not written yet", async () => {
    model.set({ mode: "slow", betweenMs: 40 });
    const at = await aQuestion();
    const { status, events } = await suggest(at, {});
    expect(status).toBe(200);
    const parsed = events.map(({ data }) => SuggestionEvent.parse(data));
    expect(events.map(({ event }) => event)).toEqual(parsed.map(({ type }) => type));
    expect(parsed.filter(({ type }) => type === "suggestion")).toHaveLength(3);
    expect(parsed.at(-1)).toEqual({ type: "done", model: "ready" });
    const firstDelta = events.find(({ event }) => event === "delta")?.at ?? 0;
    expect((events.at(-1)?.at ?? 0) - firstDelta).toBeGreaterThan(60);
  });

  it("stops the model when the operator leaves", async () => {
    model.set({ chunks: Array.from({ length: 200 }, () => "and on "), betweenMs: 50 });
    const before = model.left();
    const leave = new AbortController();
    const answer = await fetch(`${stage.url}${await aQuestion()}/suggestions`, {
      method: "POST",
      headers: { ...shop.key, "content-type": "application/json" },
      body: "{}",
      signal: leave.signal,
    });
    await answer.body?.getReader().read();
    leave.abort();
    await until(async () => model.left() - before === 3 || undefined);
  });

  it("answers a status before it streams: unknown conversations, bad bodies, too many requests", async () => {
    model.set({});
    const unknown = "/api/agent/conversations/0190d000-0000-7000-8000-000000000001";
    expect((await suggest(unknown, {})).status).toBe(404);
    const at = await aQuestion();
    expect((await suggest(at, { fresh: "yes" })).status).toBe(400);
    expect(
      (await stage.ask("POST", `${at}/rewrite`, shop.key, { text: "", how: { kind: "shorter" } })).status,
    ).toBe(400);

    await closeRateLimits();
    process.env.RATE_SESSION_PER_MINUTE = "2";
    forget("env");
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++)
      statuses.push((await stage.ask("POST", `${at}/ask`, shop.key, { question: "Returns?" })).status);
    expect(statuses).toEqual([200, 200, 429]);
    process.env.RATE_SESSION_PER_MINUTE = "100000";
    forget("env");
    await closeRateLimits();
  });

  async function aQuestion(): Promise<string> {
    const chat = await stage.chat(shop);
    const text = "How long do I have to return a tent?";
    await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: "1", text });
    return `/api/agent/conversations/${chat.conversationId}`;
  }

  async function suggest(at: string, body: unknown) {
    const answer = await fetch(`${stage.url}${at}/suggestions`, {
      method: "POST",
      headers: { ...shop.key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const events: { event: string | undefined; data: unknown; at: number }[] = [];
    const parser = createParser({
      onEvent: ({ event, data }) => events.push({ event, data: JSON.parse(data), at: performance.now() }),
    });
    const decoder = new TextDecoder();
    for await (const piece of answer.body ?? []) parser.feed(decoder.decode(piece, { stream: true }));
    return { status: answer.status, events };
  }
});
