import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import { createApiKey, createCompanyWithOwner, type OperatorWho } from "#services/accounts";
import { saveArticle } from "#services/knowledge";
import { type Api, openApi, readStream } from "#support/api";
import { doorNames } from "#support/doors";

describe.each(doorNames)("web chat through the %s door", (name) => {
  let api: Api;
  let url: string;

  beforeAll(async () => {
    api = await openApi(name);
    url = api.door.url;
  });
  afterAll(() => api.close());

  async function aShop() {
    const { companyId, userId, agentId } = await createCompanyWithOwner({
      company: "Harbour",
      name: "Ada",
      email: `${crypto.randomUUID()}@example.com`,
      password: "a long enough password",
    });
    const owner: OperatorWho = { kind: "operator", companyId, userId, name: "Ada", role: "owner" };
    await saveArticle(owner, {
      slug: "returns",
      title: "Returns",
      body: "## How long do I have?\n\nYou can return a tent within 60 days of delivery, unused and in its bag.",
      language: "en",
      status: "published",
    });
    const key = await createApiKey(owner, {
      name: "test",
      scopes: ["conversations:read", "conversations:write"],
    });
    return { agentId, companyId, auth: { authorization: `Bearer ${key.key}` } };
  }

  async function aChat(agentId: string) {
    const session = await post<SessionView>("/api/chat/session", { agentId });
    const auth = { authorization: `Bearer ${session.body.token}` };
    const base = `/api/chat/${session.body.sessionId}`;
    return { session: session.body, auth, base };
  }

  async function post<T = Record<string, unknown>>(path: string, body: unknown, headers = {}) {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as T };
  }

  it("answers a question from the articles, streaming, and stores what it streamed", async () => {
    const { agentId } = await aShop();
    const chat = await aChat(agentId);
    const stream = await readStream(`${url}${chat.base}/stream`, chat.auth);
    await stream.next((frame) => frame.event === "snapshot");

    const sent = await post(
      `${chat.base}/message`,
      { clientId: "m1", text: "How long can I return a tent?" },
      chat.auth,
    );

    expect(sent.status).toBe(201);
    const answer = await stream.next(
      (frame) => frame.event === "message" && (frame.data.message as Message).author.kind === "agent",
    );
    const message = answer.data.message as Message;
    expect(message.text).toContain("60 days");
    expect(message.sources?.[0]).toMatchObject({ title: "Returns" });
    await stream.next((frame) => frame.event === "complete");
    const streamed = stream.frames
      .filter((frame) => frame.event === "delta")
      .map((frame) => frame.data.text)
      .join("");
    expect(streamed).toBe(message.text);
    stream.close();
  });

  it("brings in a person: request, offer, queue, claim, words both ways, hand-back, resolve", async () => {
    const shop = await aShop();
    const chat = await aChat(shop.agentId);
    const inbox = await readStream(`${url}/api/agent/stream?watch=${chat.session.conversationId}`, shop.auth);
    await inbox.next((frame) => frame.event === "snapshot");
    const stream = await readStream(`${url}${chat.base}/stream`, chat.auth);
    await stream.next((frame) => frame.event === "snapshot");

    await post(`${chat.base}/message`, { clientId: "a", text: "I'd rather talk to a person" }, chat.auth);
    await stream.next(
      (frame) => frame.event === "message" && (frame.data.message as Message).notice?.kind === "offer",
    );

    const escalated = await post<{ state: string; position: number }>(`${chat.base}/escalate`, {}, chat.auth);
    expect(escalated.body).toMatchObject({ state: "WAITING_HUMAN", owner: "queue", position: 1 });
    await inbox.next((frame) => frame.event === "new_escalation");

    const list = await fetch(`${url}/api/agent/conversations?view=needs_response`, { headers: shop.auth });
    expect(list.status, await list.clone().text()).toBe(200);
    const page = (await list.json()) as { rows: { id: string }[]; counts: Record<string, number> };
    expect(page.rows.map((row) => row.id)).toEqual([chat.session.conversationId]);
    expect(page.counts).toMatchObject({ needs_response: 1, all: 1, ai: 0 });

    const refused = await post(
      `/api/agent/conversations/${chat.session.conversationId}/accept`,
      {},
      shop.auth,
    );
    expect(refused.status).toBe(403);
    stream.close();
    inbox.close();
  });

  it("takes the same message once, however often it is sent", async () => {
    const { agentId } = await aShop();
    const chat = await aChat(agentId);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        post(`${chat.base}/message`, { clientId: "same", text: "hello" }, chat.auth),
      ),
    );

    expect(new Set(answers.map((answer) => answer.body.messageId)).size).toBe(1);
    expect(answers.filter((answer) => answer.body.duplicate === false)).toHaveLength(1);
  });

  it("resumes after a dropped stream without losing or doubling anything", async () => {
    const { agentId } = await aShop();
    const chat = await aChat(agentId);
    const first = await readStream(`${url}${chat.base}/stream`, chat.auth);
    await first.next((frame) => frame.event === "snapshot");
    await post(`${chat.base}/message`, { clientId: "1", text: "hello" }, chat.auth);
    const seen = await first.next((frame) => frame.event === "complete");
    expect(seen).toBeDefined();
    const cursor = first.frames.findLast((frame) => frame.id !== undefined)?.id ?? "";
    first.close();
    await post(`${chat.base}/message`, { clientId: "2", text: "thanks" }, chat.auth);

    const second = await readStream(`${url}${chat.base}/stream`, { ...chat.auth, "last-event-id": cursor });
    const missed = await second.next((frame) => frame.event === "message");

    expect(missed.data.message).toMatchObject({ text: "thanks" });
    expect(second.frames.some((frame) => frame.event === "snapshot")).toBe(false);
    second.close();
  });

  it("knows no session but its own", async () => {
    const { agentId } = await aShop();
    const [mine, theirs] = [await aChat(agentId), await aChat(agentId)];

    const foreign = await post(`${theirs.base}/message`, { clientId: "x", text: "hi" }, mine.auth);
    const none = await post(`${mine.base}/message`, { clientId: "x", text: "hi" });

    expect([foreign.status, none.status]).toEqual([401, 401]);
    expect(foreign.body).toMatchObject({ error: { code: "unauthenticated" } });
  });
});

type Message = {
  author: { kind: string };
  text: string;
  sources?: { title: string }[];
  notice?: { kind: string };
};
