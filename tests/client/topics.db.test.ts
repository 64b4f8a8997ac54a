import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChatApi, createChatApi } from "#client/chat-api";
import { parseConversationEvent } from "#client/conversation-events";
import { newsIn, parseTopics } from "#client/topics";
import type { TopicView } from "#contracts/topics";
import { newId } from "#lib/ids";
import { append, findConversation } from "#services/conversations";
import { readStream } from "#support/api";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

async function opened(): Promise<{ api: ChatApi; sessionId: string }> {
  let token: string | undefined;
  const api = createChatApi({ base: stage.url, token: () => token });
  const session = await api.openSession({ agentId: shop.agentId });
  token = session.token;
  return { api, sessionId: session.sessionId };
}

describe("the client of topics against the real server", () => {
  it("understands every answer, and sends each thing to its topic", async () => {
    const { api, sessionId } = await opened();
    const { topic, snapshot } = await api.openTopic(sessionId, "Returns & repairs");
    expect(topic).toBe("Returns & repairs");
    const about = api.about(topic);
    const sent = await about.send(sessionId, { clientId: newId(), text: "The zip is broken" });
    expect(sent.conversationId).toBe(snapshot.conversationId);
    expect((await about.messages(sessionId, 9)).messages.map(({ text }) => text)).toEqual([
      "The zip is broken",
    ]);
    await about.read(sessionId, 1);
    const state = await about.escalate(sessionId);
    expect(state.state).toBe("WAITING_HUMAN");
    const { topics } = await api.topics(sessionId);
    expect(topics.map(({ name, state: now }) => [name, now])).toEqual([
      ["Returns & repairs", "WAITING_HUMAN"],
      ["General", "ACTIVE"],
    ]);
    const page = await about.events(sessionId, undefined, AbortSignal.timeout(5_000));
    expect(page.frames.every((frame) => parseConversationEvent(frame) !== undefined)).toBe(true);
  });

  it("understands what a stream tells of topics, and what is new in them", async () => {
    const { api, sessionId } = await opened();
    const { snapshot, topics: before } = await api.openTopic(sessionId, "Orders");
    const reader = await readStream(api.url(sessionId, "stream"), api.headers());
    const conversation = await findConversation(shop, snapshot.conversationId);
    const author = { kind: "operator" as const, id: shop.owner.who.userId, name: "Ada" };
    await append(conversation, { now: new Date(), messages: [{ author, text: "In Graz." }] });
    let after: TopicView[] | undefined;
    await reader.next((frame) => {
      after = parseTopics(frame) ?? after;
      return after !== undefined && newsIn(before, after, "General").length > 0;
    });
    expect(newsIn(before, after ?? [], "General").map(({ name, lastWords }) => [name, lastWords])).toEqual([
      ["Orders", "In Graz."],
    ]);
    expect(newsIn(before, after ?? [], "Orders")).toEqual([]);
    reader.close();
  });

  it("sends an answer to choices whole", async () => {
    const { api, sessionId } = await opened();
    const { snapshot } = await api.openTopic(sessionId, "Orders");
    const conversation = await findConversation(shop, snapshot.conversationId);
    const id = newId();
    const data = { kind: "choices" as const, choices: [{ id: "l", label: "Large" }] };
    const author = { kind: "agent" as const, id: shop.agentId, name: "Nori" };
    await append(conversation, { now: new Date(), messages: [{ id, author, text: "Which?", data }] });
    const answer = { kind: "answer" as const, to: id, values: { choice: "l" } };
    const about = api.about("Orders");
    await about.send(sessionId, { clientId: `answer:${id}`, text: "Large", data: answer });
    const { messages } = await about.messages(sessionId, 9);
    expect(messages.map((message) => message.data?.kind)).toEqual(["choices", "answer"]);
  });
});
