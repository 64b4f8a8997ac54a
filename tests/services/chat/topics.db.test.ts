import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenedTopic, SentMessage, SessionView } from "#contracts/chat";
import type { ConversationRow } from "#contracts/operator";
import { mostTopics, type TopicList, type TopicView } from "#contracts/topics";
import { type Bus, memoryBus } from "#lib/bus";
import { callSql, read, withCompany } from "#lib/db";
import { once } from "#lib/registry";
import { closeSession, idleSession } from "#services/chat";
import { append, findConversation, mergeContacts } from "#services/conversations";
import { type Frame, readStream } from "#support/api";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;
let deaf = false;

beforeAll(async () => {
  const inner = memoryBus();
  const publish: Bus["publish"] = (topic, message) => (deaf ? undefined : inner.publish(topic, message));
  once("bus", (): Bus => ({ ...inner, publish }));
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
beforeEach(() => {
  deaf = false;
});
afterAll(() => stage.close());

const about = (topic: string) => `topic=${encodeURIComponent(topic)}`;

async function openTopic(chat: Chat, name: string): Promise<OpenedTopic> {
  const { status, body, text } = await stage.ask<OpenedTopic>("POST", `${chat.base}/topics`, chat.auth, {
    name,
  });
  expect(status, text).toBe(200);
  return body;
}

async function say(chat: Chat, topic: string, text: string): Promise<SentMessage> {
  const path = `${chat.base}/message?${about(topic)}`;
  const {
    status,
    body,
    text: raw,
  } = await stage.ask<SentMessage>("POST", path, chat.auth, {
    clientId: crypto.randomUUID(),
    text,
  });
  expect(status, raw).toBe(201);
  return body;
}

async function listOf(chat: Chat): Promise<TopicView[]> {
  return (await stage.ask<TopicList>("GET", `${chat.base}/topics`, chat.auth)).body.topics;
}

async function answer(conversationId: string, text: string): Promise<number> {
  const conversation = await findConversation(shop, conversationId);
  const messages = [{ author: { kind: "agent" as const, id: shop.agentId, name: "Nori" }, text }];
  const appended = await append(conversation, { now: new Date(), messages });
  return appended.outcome === "done" ? (appended.seqs[0] ?? 0) : 0;
}

/** Lets days pass without a sign of the customer; words of a moment ago may still be noted as activity meanwhile. */
async function end(chat: Chat): Promise<void> {
  const job = { companyId: shop.companyId, sessionId: chat.sessionId };
  const day = 24 * 60 * 60_000;
  await until("the session is over", async () => {
    await idleSession(job, new Date(Date.now() + day));
    await closeSession(job, new Date(Date.now() + 2 * day));
    return ["CLOSED", undefined].includes(await stateOf(chat));
  });
}

async function stateOf(chat: Chat): Promise<string | undefined> {
  const sql = "SELECT state FROM chat_session WHERE company_id = $1 AND id = $2";
  return (await read<{ state: string }>(shop.companyId, sql, [shop.companyId, chat.sessionId]))[0]?.state;
}

const isTopics = ({ event }: Frame) => event === "topics";
const told = (name: string, words: string) => (frame: Frame) =>
  isTopics(frame) &&
  (frame.data.topics as TopicView[]).some((topic) => topic.name === name && topic.lastWords === words);

describe("a customer's topics", () => {
  it("begin with General, and are each a conversation of their own", async () => {
    const chat = await stage.chat(shop);
    expect(await listOf(chat)).toMatchObject([{ name: "General", conversationId: chat.conversationId }]);
    const { topic, snapshot } = await openTopic(chat, "  Returns ");
    expect(topic).toBe("Returns");
    expect(snapshot.conversationId).not.toBe(chat.conversationId);
    const sent = await say(chat, "Returns", "The zip is broken");
    expect(sent).toMatchObject({ conversationId: snapshot.conversationId, seq: 1 });
    expect((await say(chat, "General", "Hello")).conversationId).toBe(chat.conversationId);
    expect(await findConversation(shop, snapshot.conversationId)).toMatchObject({
      topic: "Returns",
      head: 1,
    });
  });

  it("are one, however their name is written", async () => {
    const chat = await stage.chat(shop);
    const first = await openTopic(chat, "Großer  Rucksack");
    const again = await openTopic(chat, "großer rucksack");
    expect(again.snapshot.conversationId).toBe(first.snapshot.conversationId);
    expect(again.topic).toBe("Großer Rucksack");
    expect((await openTopic(chat, "gENERAL")).snapshot.conversationId).toBe(chat.conversationId);
  });

  it("are one for two windows that open the same one at once", async () => {
    const chat = await stage.chat(shop);
    const opened = await Promise.all(Array.from({ length: 6 }, () => openTopic(chat, "Orders")));
    expect(new Set(opened.map(({ snapshot }) => snapshot.conversationId)).size).toBe(1);
    const rows = await read<{ count: number }>(
      shop.companyId,
      "SELECT count(*)::int FROM conversation WHERE company_id = $1 AND contact_id = (SELECT contact_id FROM chat_session WHERE id = $2)",
      [shop.companyId, chat.sessionId],
    );
    expect(rows[0]?.count).toBe(2);
  });

  it("tell what is unread and the last words, the newest first", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    await say(chat, "Orders", "Where is it?");
    await answer(snapshot.conversationId, "In Graz.");
    const seq = await answer(snapshot.conversationId, "Tomorrow with you.");
    expect(await listOf(chat)).toMatchObject([
      { name: "Orders", unread: 2, lastWords: "Tomorrow with you.", lastAuthor: "agent", state: "ACTIVE" },
      { name: "General", unread: 0, lastWords: "" },
    ]);
    await stage.ask("POST", `${chat.base}/read?${about("Orders")}`, chat.auth, { seq });
    expect((await listOf(chat))[0]).toMatchObject({ name: "Orders", unread: 0 });
  });

  it("are read also where a colleague's note came after the last answer", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    const seq = await answer(snapshot.conversationId, "In Graz.");
    const note = { author: { kind: "system" as const }, text: "VIP", audience: "operators" as const };
    const conversation = await findConversation(shop, snapshot.conversationId);
    await append(conversation, { now: new Date(), messages: [note] });
    await stage.ask("POST", `${chat.base}/read?${about("Orders")}`, chat.auth, { seq });
    expect((await listOf(chat)).find(({ name }) => name === "Orders")?.unread).toBe(0);
  });

  it("are no more than a customer can overlook", async () => {
    const chat = await stage.chat(shop);
    for (let n = 0; n < mostTopics; n += 1) await openTopic(chat, `Topic ${n}`);
    const { status, text } = await stage.ask("POST", `${chat.base}/topics`, chat.auth, { name: "One more" });
    expect([status, text]).toEqual([409, expect.stringContaining("go on in one of them")]);
    expect(await listOf(chat)).toHaveLength(mostTopics + 1);
  });

  it.each(["", "   ", "x".repeat(61), "\u0000"])("have a name that can be read, not %j", async (name) => {
    const chat = await stage.chat(shop);
    expect((await stage.ask("POST", `${chat.base}/topics`, chat.auth, { name })).status).toBe(400);
    expect(await listOf(chat)).toHaveLength(1);
  });

  it("are unknown where they were never opened, on every way", async () => {
    const chat = await stage.chat(shop);
    const ways: [string, string, unknown?][] = [
      ["POST", "message", { clientId: "a", text: "Hi" }],
      ["GET", "messages"],
      ["GET", "events"],
      ["GET", "stream"],
      ["POST", "read", { seq: 1 }],
      ["POST", "escalate", {}],
      ["POST", "typing", { typing: true }],
    ];
    for (const [method, verb, body] of ways) {
      const answered = await stage.ask(method, `${chat.base}/${verb}?${about("Returns")}`, chat.auth, body);
      expect([verb, answered.status]).toEqual([verb, 404]);
    }
  });
});

describe("topics and who they belong to", () => {
  it("are not those of another browser, nor of one whose contact an operator merged with it", async () => {
    const [mine, theirs] = [await stage.chat(shop), await stage.chat(shop)];
    await openTopic(theirs, "Secret");
    await say(theirs, "Secret", "My card was stolen");
    const path = `${mine.base}/messages?${about("Secret")}`;
    expect((await stage.ask("GET", path, mine.auth)).status).toBe(404);
    const [a, b] = await Promise.all(
      [mine, theirs].map(({ conversationId }) => findConversation(shop, conversationId)),
    );
    await mergeContacts(shop.owner.who, a?.contactId ?? "", b?.contactId ?? "");
    expect((await stage.ask("GET", path, mine.auth)).status).toBe(404);
    expect(await listOf(mine)).toHaveLength(1);
    expect(await listOf(theirs)).toHaveLength(2);
  });

  it("come back with the browser, also after its session was closed", async () => {
    const chat = await stage.chat(shop);
    await openTopic(chat, "Returns");
    await say(chat, "Returns", "The zip is broken");
    await end(chat);
    const { body } = await stage.ask<SessionView>("POST", "/api/chat/session", chat.auth, {
      agentId: shop.agentId,
      topic: "Returns",
    });
    expect(body.sessionId).not.toBe(chat.sessionId);
    expect(body.topic).toBe("Returns");
    expect(body.snapshot.messages[0]?.text).toBe("The zip is broken");
    expect(body.topics.map(({ name }) => name).toSorted()).toEqual(["General", "Returns"]);
  });

  it("open General where a window asks for a topic that the customer does not have", async () => {
    const { body } = await stage.ask<SessionView>(
      "POST",
      "/api/chat/session",
      {},
      {
        agentId: shop.agentId,
        topic: "Returns",
      },
    );
    expect(body).toMatchObject({ topic: "General", topics: [{ name: "General" }] });
  });
});

describe("the end of a session", () => {
  it("abandons each topic that only the AI was waiting in", async () => {
    const chat = await stage.chat(shop);
    const { snapshot: orders } = await openTopic(chat, "Orders");
    const { snapshot: returns } = await openTopic(chat, "Returns");
    await say(chat, "Orders", "Where is it?");
    await say(chat, "Returns", "The zip is broken");
    await stage.ask("POST", `${chat.base}/escalate?${about("Returns")}`, chat.auth, {});
    await end(chat);
    expect((await findConversation(shop, orders.conversationId)).state).toBe("ABANDONED");
    expect((await findConversation(shop, returns.conversationId)).state).toBe("WAITING_HUMAN");
  });

  it("keeps the session where a topic holds words, although General holds none", async () => {
    const chat = await stage.chat(shop);
    await openTopic(chat, "Orders");
    await say(chat, "Orders", "Where is it?");
    await end(chat);
    const { body } = await stage.ask<SessionView>("POST", "/api/chat/session", chat.auth, {
      agentId: shop.agentId,
    });
    expect(body.topics).toHaveLength(2);
  });

  it("forgets a visitor who opened topics and never wrote", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    await end(chat);
    for (const id of [chat.conversationId, snapshot.conversationId])
      await expect(findConversation(shop, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an operator", () => {
  it("sees a customer's topics together, those with the newest words first, whichever is open", async () => {
    const chat = await stage.chat(shop);
    await openTopic(chat, "Orders");
    await openTopic(chat, "Never written in");
    await say(chat, "General", "Hello");
    const { conversationId } = await say(chat, "Orders", "Where is it?");
    for (const id of [chat.conversationId, conversationId]) {
      const path = `/api/agent/conversations/${id}/topics`;
      const { body } = await stage.ask<{ rows: ConversationRow[] }>("GET", path, shop.key);
      expect(body.rows.map(({ attributes }) => attributes.topic)).toEqual(["Orders", "General"]);
      expect(body.rows.map(({ id: row }) => row)).toEqual([conversationId, chat.conversationId]);
    }
  });
});

describe("a topic that ended long ago", () => {
  it("goes on in a new conversation, the same one for two who write at once", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    await say(chat, "Orders", "Where is it?");
    await stage.ask("POST", `/api/agent/conversations/${snapshot.conversationId}/resolve`, shop.key);
    await setClosed(snapshot.conversationId, 8);
    const [a, b] = await Promise.all([say(chat, "Orders", "Again!"), say(chat, "Orders", "And again!")]);
    expect(a.conversationId).toBe(b.conversationId);
    expect(a.conversationId).not.toBe(snapshot.conversationId);
    expect(await findConversation(shop, a.conversationId)).toMatchObject({
      topic: "Orders",
      state: "ACTIVE",
    });
    expect(await listOf(chat)).toHaveLength(2);
  });

  async function setClosed(conversationId: string, days: number) {
    await callSql("SELECT append($1::jsonb)", [
      JSON.stringify([
        {
          companyId: shop.companyId,
          conversationId,
          patch: { closedAt: new Date(Date.now() - days * 24 * 60 * 60_000).toISOString() },
          entries: [],
        },
      ]),
    ]);
  }
});

describe("a window's one stream", () => {
  const stream = (chat: Chat, topic?: string) =>
    readStream(`${stage.url}${chat.base}/stream${topic === undefined ? "" : `?${about(topic)}`}`, chat.auth);

  it("carries the topic it shows whole, and of the others what is unread and the last words", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    const reader = await stream(chat, "Orders");
    await reader.next(isTopics);
    await answer(snapshot.conversationId, "In Graz.");
    await reader.next(
      ({ event, data }) => event === "message" && (data.message as { text: string }).text === "In Graz.",
    );
    await answer(chat.conversationId, "A word in General.");
    await reader.next(told("General", "A word in General."));
    const messages = reader.frames.filter(({ event }) => event === "message");
    expect(messages.map(({ data }) => data.conversationId)).toEqual([snapshot.conversationId]);
    reader.close();
  });

  it("says nothing of topics while there is only one", async () => {
    const chat = await stage.chat(shop);
    const reader = await stream(chat);
    await reader.next(({ event }) => event === "snapshot");
    await answer(chat.conversationId, "Hello.");
    await reader.next(({ event }) => event === "message");
    await new Promise((done) => setTimeout(done, 300));
    expect(reader.frames.filter(isTopics)).toEqual([]);
    reader.close();
  });

  it("hears of a topic that another window begins, and from then on of its words", async () => {
    const chat = await stage.chat(shop);
    const reader = await stream(chat);
    await reader.next(({ event }) => event === "snapshot");
    const { snapshot } = await openTopic(chat, "Orders");
    await reader.next((frame) => isTopics(frame) && (frame.data.topics as TopicView[]).length === 2);
    await answer(snapshot.conversationId, "In Graz.");
    await reader.next(told("Orders", "In Graz."));
    reader.close();
  });

  it("hears that another window has read a topic", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    const seq = await answer(snapshot.conversationId, "In Graz.");
    const reader = await stream(chat);
    const unread = (count: number) => (frame: Frame) =>
      isTopics(frame) &&
      (frame.data.topics as TopicView[]).some((topic) => topic.name === "Orders" && topic.unread === count);
    await reader.next(unread(1));
    await stage.ask("POST", `${chat.base}/read?${about("Orders")}`, chat.auth, { seq });
    await reader.next(unread(0));
    reader.close();
  });

  it("tells it within a second and a half without any bus", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    const reader = await stream(chat);
    await reader.next(isTopics);
    await new Promise((done) => setTimeout(done, 1_200));
    deaf = true;
    await answer(snapshot.conversationId, "In Graz.");
    await reader.next(told("Orders", "In Graz."), 1_800);
    reader.close();
  });

  it("stays open while the topic is the customer's, and ends when it is theirs no more", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    const { conversationId } = snapshot;
    const { body } = await fetch(`${stage.url}${chat.base}/stream?${about("Orders")}`, {
      headers: chat.auth,
    });
    let open = true;
    const ended = body?.pipeTo(new WritableStream()).then(() => {
      open = false;
    });
    await new Promise((done) => setTimeout(done, 4_500));
    expect(open).toBe(true);
    await withCompany(shop.companyId, (tx) => tx.chatTopic.deleteMany({ where: { conversationId } }));
    await ended;
    expect(open).toBe(false);
  }, 15_000);

  it("says that the customer is there in each of their topics", async () => {
    const chat = await stage.chat(shop);
    const { snapshot } = await openTopic(chat, "Orders");
    await say(chat, "Orders", "Where is it?");
    const reader = await stream(chat);
    await reader.next(isTopics);
    await until("the customer is there", async () => {
      const path = `/api/agent/conversations/${snapshot.conversationId}`;
      return (await stage.ask<{ customerOnline: boolean }>("GET", path, shop.key)).body.customerOnline;
    });
    reader.close();
  });
});
