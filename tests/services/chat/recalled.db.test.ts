import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import { callSql, withCompany } from "#lib/db";
import { idleSession, recallCustomer } from "#services/chat";
import { createContact, messagesBefore } from "#services/conversations";
import { lookBehind } from "#support/database";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

const site = "https://shop.example";
let stage: Stage;
let admin: pg.Client;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  admin = await lookBehind(stage.database);
  shop = await stage.shop();
  await allow([site]);
});
afterAll(async () => {
  await admin.end();
  await stage.close();
});

async function allow(allowedOrigins: string[]): Promise<void> {
  await withCompany(shop.companyId, (tx) =>
    tx.agent.update({ where: { id: shop.agentId }, data: { allowedOrigins } }),
  );
}

function say(chat: Chat, text: string, more: object = {}) {
  return stage.ask("POST", `${chat.base}/message`, chat.auth, {
    clientId: crypto.randomUUID(),
    text,
    ...more,
  });
}

function recalled({ sessionId, token }: Chat) {
  return recallCustomer({ sessionId, token, origin: undefined });
}

/** A customer who has just spoken, so that this process remembers them. */
async function aSpeaker(headers: Record<string, string> = {}): Promise<Chat> {
  const opened = await stage.chat(shop);
  const chat = { ...opened, auth: { ...opened.auth, ...headers } };
  if (headers.origin !== undefined) {
    await admin.query("UPDATE chat_session SET origin = $1 WHERE id = $2", [headers.origin, chat.sessionId]);
  }
  expect((await say(chat, "First words")).status).toBe(201);
  expect(recalled(chat)?.conversationId).toBe(chat.conversationId);
  return chat;
}

async function logOf(conversationId: string): Promise<MessageView[]> {
  const { messages } = await messagesBefore(shop, conversationId, { limit: 50, audience: "all" });
  return messages;
}

const textsOf = (messages: MessageView[]) => messages.map(({ text }) => text);

describe("a customer whom this process remembers", () => {
  it("is asked for by the commit of their plain words alone, and by all else as ever", async () => {
    const chat = await aSpeaker();
    const [first] = await logOf(chat.conversationId);
    await admin.query("ALTER FUNCTION sweep_session(text) RENAME TO asleep");
    try {
      expect((await say(chat, "Second words")).status).toBe(201);
      expect((await say(chat, "About that", { replyTo: first?.id })).status).toBe(500);
      expect((await stage.ask("GET", `${chat.base}/events`, chat.auth)).status).toBe(500);
    } finally {
      await admin.query("ALTER FUNCTION asleep(text) RENAME TO sweep_session");
    }
    expect(textsOf(await logOf(chat.conversationId))).toEqual(["First words", "Second words"]);
  });

  const shutOut: Record<string, (chat: Chat) => Promise<unknown>> = {
    "whose session was closed": ({ sessionId }) =>
      admin.query("UPDATE chat_session SET state = 'CLOSED' WHERE id = $1", [sessionId]),
    "whose session has expired": ({ sessionId }) =>
      admin.query("UPDATE chat_session SET expires_at = now() - interval '1 second' WHERE id = $1", [
        sessionId,
      ]),
    "whose session is gone": ({ sessionId }) =>
      admin.query("DELETE FROM chat_session WHERE id = $1", [sessionId]),
    "whose token was replaced long ago": async ({ sessionId, auth }) => {
      const { body } = await stage.ask("POST", "/api/chat/session", auth, { agentId: shop.agentId });
      const renewed = {
        authorization: `Bearer ${String(body.token)}`,
        ...(auth.origin && { origin: auth.origin }),
      };
      expect((await stage.ask("GET", `/api/chat/${sessionId}/events`, renewed)).status).toBe(200);
      await admin.query("UPDATE chat_session SET rotated_at = now() - interval '2 minutes' WHERE id = $1", [
        sessionId,
      ]);
    },
    "whose site may not embed the chat any more": () => allow([]),
  };

  it.each(Object.keys(shutOut))("is refused, and nothing is written, %s", async (how) => {
    const chat = await aSpeaker({ origin: site });
    try {
      await shutOut[how]?.(chat);
      expect((await say(chat, "Too late")).status).toBe(401);
    } finally {
      await allow([site]);
    }
    expect(textsOf(await logOf(chat.conversationId))).toEqual(["First words"]);
  });

  it("speaks under the name that they have now", async () => {
    const chat = await aSpeaker();
    await admin.query(
      "UPDATE contact SET name = 'Anna Berg' WHERE id = (SELECT contact_id FROM conversation WHERE id = $1)",
      [chat.conversationId],
    );

    expect((await say(chat, "It is me")).status).toBe(201);

    const said = (await logOf(chat.conversationId)).at(-1);
    expect(said).toMatchObject({ text: "It is me", author: { name: "Anna Berg" } });
  });

  it("speaks as the contact that they were merged into", async () => {
    const chat = await aSpeaker();
    const other = await createContact(shop.companyId, { name: "Anna Berg" });
    await admin.query("UPDATE conversation SET contact_id = $1 WHERE id = $2", [other, chat.conversationId]);
    await admin.query("UPDATE chat_session SET contact_id = $1 WHERE id = $2", [other, chat.sessionId]);

    expect((await say(chat, "It is me")).status).toBe(201);

    expect((await logOf(chat.conversationId)).at(-1)?.author).toMatchObject({ id: other, name: "Anna Berg" });
  });

  it("speaks to the person who has taken over meanwhile, and no answer is begun", async () => {
    const chat = await aSpeaker();
    const claimed = await stage.ask(
      "POST",
      `/api/agent/conversations/${chat.conversationId}/take-over`,
      shop.owner.cookie,
      {},
    );
    expect(claimed.status).toBe(200);

    expect((await say(chat, "Are you there?")).status).toBe(201);

    const { rows } = await admin.query(
      "SELECT state, customer_seq FROM run WHERE conversation_id = $1 ORDER BY customer_seq",
      [chat.conversationId],
    );
    expect(rows.map(({ state }) => state)).toEqual(["superseded"]);
    expect(recalled(chat)?.conversation.state).toBe("WITH_HUMAN");
  });

  it("says the same words once, however often they are sent", async () => {
    const chat = await aSpeaker();
    const clientId = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => say(chat, "Once", { clientId })));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(textsOf(await logOf(chat.conversationId))).toEqual(["First words", "Once"]);
  });

  it("wakes a session that has become idle since it was remembered", async () => {
    const chat = await aSpeaker();
    await until("the session is active", async () => {
      const { rows } = await admin.query("SELECT state FROM chat_session WHERE id = $1", [chat.sessionId]);
      return rows[0]?.state === "ACTIVE";
    });
    const old = new Date(Date.now() - 2 * 60 * 60_000);
    await admin.query("UPDATE chat_session SET last_activity_at = $1 WHERE id = $2", [old, chat.sessionId]);
    await stage.ask("GET", `${chat.base}/events`, chat.auth);
    await idleSession({ companyId: shop.companyId, sessionId: chat.sessionId });

    expect((await say(chat, "Back again")).status).toBe(201);

    await until("it will be looked at again in half an hour", async () => {
      const rows = await callSql<{ task: string }>(
        "SELECT task_identifier AS task FROM graphile_worker.jobs WHERE key = $1",
        [`session:${chat.sessionId}`],
      );
      return rows[0]?.task === "session.idle";
    });
  });

  it("is not remembered by a token that is about to be replaced", async () => {
    const chat = await aSpeaker();
    await stage.ask("POST", "/api/chat/session", chat.auth, { agentId: shop.agentId });

    expect((await say(chat, "Still here")).status).toBe(201);
    const { rows } = await admin.query("SELECT token_seen FROM chat_session WHERE id = $1", [chat.sessionId]);
    expect(rows).toEqual([{ token_seen: false }]);
  });

  it("is forgotten after a minute, and elsewhere than in their own session", async () => {
    const chat = await aSpeaker();
    const { sessionId, token } = chat;
    const inAMinute = Date.now() + 60_001;

    expect(recallCustomer({ sessionId, token, origin: undefined }, inAMinute)).toBeUndefined();
    expect(recallCustomer({ sessionId: crypto.randomUUID(), token, origin: undefined })).toBeUndefined();
    expect(recallCustomer({ sessionId, token, origin: "https://elsewhere.example" })).toBeUndefined();
    expect(recallCustomer({ sessionId, token, origin: undefined, topic: "Returns" })).toBeUndefined();
    expect(recallCustomer({ sessionId, token: undefined, origin: undefined })).toBeUndefined();
  });
});
