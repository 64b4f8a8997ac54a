import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import { callSql, read, withCompany } from "#lib/db";
import { closeSession, idleSession, jobHandlers } from "#services/chat";
import { findConversation } from "#services/conversations";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

const minute = 60_000;
const later = (minutes: number) => new Date(Date.now() + minutes * minute);
const job = (chat: Chat) => ({ companyId: shop.companyId, sessionId: chat.sessionId });

async function say(chat: Chat, text = "Hello", clientId: string = crypto.randomUUID()) {
  return stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId, text });
}

async function stateOf(chat: Chat): Promise<string | undefined> {
  const [row] = await read<{ state: string }>(
    shop.companyId,
    "SELECT state FROM chat_session WHERE id = $1",
    [chat.sessionId],
  );
  return row?.state;
}

/** The one job that will look at this session next. */
async function nextJobs(chat: Chat): Promise<{ task: string; due: number }[]> {
  const rows = await callSql<{ task: string; run_at: Date }>(
    "SELECT task_identifier AS task, run_at FROM graphile_worker.jobs WHERE key = $1",
    [`session:${chat.sessionId}`],
  );
  return rows.map(({ task, run_at }) => ({
    task,
    due: Math.round((run_at.getTime() - Date.now()) / minute),
  }));
}

async function activeChat(): Promise<Chat> {
  const chat = await stage.chat(shop);
  expect(await stateOf(chat)).toBe("INIT");
  expect((await say(chat)).status).toBe(201);
  await until("the session is active", async () => (await stateOf(chat)) === "ACTIVE");
  return chat;
}

describe("the life of a chat session", () => {
  it("goes from its first word over half an hour of silence to its end a day later, by jobs alone", async () => {
    const chat = await activeChat();
    expect(await nextJobs(chat)).toEqual([{ task: "session.idle", due: 30 }]);

    await idleSession(job(chat), later(29));
    expect(await stateOf(chat)).toBe("ACTIVE");
    await idleSession(job(chat), later(31));
    expect(await stateOf(chat)).toBe("IDLE");
    expect(await nextJobs(chat)).toEqual([{ task: "session.close", due: 24 * 60 + 31 }]);
    await closeSession(job(chat));

    expect(await stateOf(chat)).toBe("CLOSED");
    expect((await findConversation(shop, chat.conversationId)).state).toBe("ABANDONED");
    expect((await say(chat)).status).toBe(401);
  });

  it("begins again with the next word, and is watched again", async () => {
    const chat = await activeChat();
    await idleSession(job(chat), later(31));

    expect((await say(chat, "Still here")).status).toBe(201);
    await until("the session is active", async () => (await stateOf(chat)) === "ACTIVE");

    expect(await nextJobs(chat)).toEqual([{ task: "session.idle", due: 30 }]);
    await closeSession(job(chat));
    expect(await stateOf(chat)).toBe("ACTIVE");
    expect((await findConversation(shop, chat.conversationId)).state).toBe("ACTIVE");
  });

  it("is always watched by a job, whatever came in between", async () => {
    const chat = await activeChat();
    await idleSession(job(chat), later(31));
    // A word that was recognised just before the session became idle: it does not know that nobody watches any more.
    await withCompany(shop.companyId, (tx) =>
      tx.chatSession.update({
        where: { id: chat.sessionId },
        data: { state: "ACTIVE", lastActivityAt: new Date() },
      }),
    );

    await closeSession(job(chat));

    expect(await stateOf(chat)).toBe("ACTIVE");
    expect(await nextJobs(chat)).toEqual([{ task: "session.idle", due: expect.any(Number) }]);
  });

  it("leaves to people what people hold", async () => {
    const chat = await activeChat();
    await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
    await idleSession(job(chat), later(31));
    await closeSession(job(chat));

    expect((await findConversation(shop, chat.conversationId)).state).toBe("WAITING_HUMAN");
  });

  it("goes on in the same conversation for whoever comes back after the end with their token", async () => {
    const chat = await activeChat();
    await idleSession(job(chat), later(31));
    await closeSession(job(chat));

    const back = await stage.ask<SessionView>("POST", "/api/chat/session", chat.auth, {
      agentId: shop.agentId,
      sessionId: chat.sessionId,
    });

    expect(back.status).toBe(201);
    expect(back.body).toMatchObject({ conversationId: chat.conversationId, state: "INIT" });
    expect(back.body.sessionId).not.toBe(chat.sessionId);
    const messages = back.body.snapshot.messages.map(({ author }) => author.kind);
    expect(messages).toEqual(["customer", "system"]);
  });

  it("takes its jobs by the names they are enqueued with", () => {
    expect(Object.keys(jobHandlers)).toEqual(expect.arrayContaining(["session.idle", "session.close"]));
  });
});

describe("words after the end of a conversation", () => {
  async function closed(days: number): Promise<Chat> {
    const chat = await activeChat();
    await stage.ask("POST", `/api/agent/conversations/${chat.conversationId}/resolve`, shop.key);
    await withCompany(shop.companyId, (tx) =>
      tx.conversation.update({
        where: { id: chat.conversationId },
        data: { closedAt: new Date(Date.now() - days * 24 * 60 * minute) },
      }),
    );
    return chat;
  }

  it("open it again while that is not long ago, once for ten at a time", async () => {
    const chat = await closed(3);
    const answers = await Promise.all(Array.from({ length: 10 }, () => say(chat, "One more thing", "once")));

    expect(new Set(answers.map(({ body }) => body.conversationId))).toEqual(new Set([chat.conversationId]));
    expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
    expect((await findConversation(shop, chat.conversationId)).state).toBe("ACTIVE");
  });

  it("begin one new conversation when it is long ago, also when the same words come ten times at once", async () => {
    const chat = await closed(30);
    const answers = await Promise.all(Array.from({ length: 10 }, () => say(chat, "Something else", "once")));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const places = new Set(answers.map(({ body }) => body.conversationId));
    expect(places.size).toBe(1);
    expect(places).not.toContain(chat.conversationId);
    expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
    const again = await say(chat, "Something else", "once");
    expect(again.body).toMatchObject({ duplicate: true, messageId: answers[0]?.body.messageId });
  });

  it("take their files along into the new conversation", async () => {
    const chat = await closed(30);
    const file = await fetch(`${stage.url}${chat.base}/attachments`, {
      method: "POST",
      headers: { ...chat.auth, "content-type": "text/plain", "x-file-name": "order.txt" },
      body: "Order 17",
    });
    const { id } = (await file.json()) as { id: string };

    await stage.ask("POST", `${chat.base}/message`, chat.auth, {
      clientId: crypto.randomUUID(),
      text: "Here it is",
      attachments: [id],
    });

    const opened = await fetch(`${stage.url}${chat.base}/attachments/${id}`, { headers: chat.auth });
    expect(await opened.text()).toBe("Order 17");
  });

  it("are known again when they were the last of the old one, and came long before", async () => {
    const chat = await stage.chat(shop);
    const first = await say(chat, "Hello", "once");
    await stage.ask("POST", `/api/agent/conversations/${chat.conversationId}/resolve`, shop.key);
    await withCompany(shop.companyId, (tx) =>
      tx.conversation.update({ where: { id: chat.conversationId }, data: { closedAt: new Date(0) } }),
    );

    const again = await say(chat, "Hello", "once");

    expect(again.body).toMatchObject({ duplicate: true, messageId: first.body.messageId });
  });
});
