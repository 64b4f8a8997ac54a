import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import type { MessageView } from "#contracts/conversation";
import { append, findConversation } from "#services/conversations";
import { doorNames } from "#support/doors";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

type Page = { messages: MessageView[]; more: boolean };

describe.each(doorNames)("the history of a chat through the %s door", (door) => {
  let stage: Stage;
  let shop: Shop;

  beforeAll(async () => {
    stage = await openStage({ door, answers: false });
    shop = await stage.shop();
  });
  afterAll(() => stage.close());

  /** A chat of many words, among which operators wrote notes to each other. */
  async function aLongChat() {
    const chat = await stage.chat(shop);
    const said = Array.from({ length: 140 }, (_, number) => ({
      author: { kind: "agent" as const },
      text: number % 7 === 3 ? `note ${number}` : `line ${number}`,
      audience: number % 7 === 3 ? ("operators" as const) : ("all" as const),
    }));
    await append(await findConversation(shop, chat.conversationId), { now: new Date(), messages: said });
    const heard = said.filter(({ audience }) => audience === "all").map(({ text }) => text);
    return { chat, heard };
  }

  const page = (chat: Chat, query: string) =>
    stage.ask<Page>("GET", `${chat.base}/messages${query}`, chat.auth);
  const texts = (messages: MessageView[]) => messages.map(({ text }) => text);

  it("goes on where the snapshot begins, back to the first word, without the operators' notes", async () => {
    const { chat, heard } = await aLongChat();
    const resume = { agentId: shop.agentId, sessionId: chat.sessionId };
    const { body } = await stage.ask<SessionView>("POST", "/api/chat/session", chat.auth, resume);
    const auth = { authorization: `Bearer ${body.token ?? chat.token}` };

    let { messages, more } = body.snapshot;
    expect(texts(messages)).toEqual(heard.slice(-50));
    for (let turn = 0; more && turn < 10; turn++) {
      const earlier = await page({ ...chat, auth }, `?before=${messages[0]?.seq}`);
      expect(earlier.status).toBe(200);
      messages = [...earlier.body.messages, ...messages];
      more = earlier.body.more;
    }

    expect(texts(messages)).toEqual(heard);
  });

  it("gives as many as are asked for, and the newest where nothing is said", async () => {
    const { chat, heard } = await aLongChat();

    expect(texts((await page(chat, "?limit=3")).body.messages)).toEqual(heard.slice(-3));
    expect((await page(chat, "?before=1")).body).toEqual({ messages: [], more: false });
    expect((await page(chat, "?before=0")).status).toBe(400);
    expect((await page(chat, "?limit=201")).status).toBe(400);
  });

  it("opens with the token of its own session only, and lets the page of the chat read it", async () => {
    const { chat } = await aLongChat();
    const other = await stage.chat(shop);

    expect((await stage.ask("GET", `${chat.base}/messages`, other.auth)).status).toBe(401);
    const preflight = await fetch(`${stage.url}${chat.base}/messages`, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "GET" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  });
});
