import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SentMessage } from "#contracts/chat";
import type { MessageView } from "#contracts/conversation";
import type { MessageData, Offering, StructuredAnswer } from "#contracts/structured";
import { newId } from "#lib/ids";
import { append, findConversation } from "#services/conversations";
import { type Answered, type Chat, openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

const choices: Offering = {
  kind: "choices",
  choices: [
    { id: "s", label: "Small" },
    { id: "l", label: "Large" },
  ],
};
const form: Offering = {
  kind: "form",
  title: "Your order",
  fields: [
    { id: "order", label: "Order number", type: "text", required: true },
    { id: "mail", label: "E-mail", type: "email", required: false },
    { id: "count", label: "How many", type: "number", required: false },
    { id: "day", label: "Since when", type: "date", required: false },
    { id: "size", label: "Size", type: "choice", required: true, choices: choices.choices },
  ],
};

async function ask(chat: Chat, data: MessageData, audience: "all" | "operators" = "all"): Promise<string> {
  const conversation = await findConversation(shop, chat.conversationId);
  const id = newId();
  const author = { kind: "agent" as const, id: shop.agentId, name: "Nori" };
  await append(conversation, {
    now: new Date(),
    messages: [{ id, author, text: "Tell me.", data, audience }],
  });
  return id;
}

function send(
  chat: Chat,
  data: StructuredAnswer | undefined,
  more: { text?: string; clientId?: string } = {},
): Promise<Answered<SentMessage & { error?: { message: string; details?: { fields?: object } } }>> {
  const body = { clientId: newId(), text: "whatever the window says", ...more, ...(data && { data }) };
  return stage.ask("POST", `${chat.base}/message`, chat.auth, body);
}

const answerTo = (to: string, values: StructuredAnswer["values"]): StructuredAnswer => ({
  kind: "answer",
  to,
  values,
});

async function logOf(chat: Chat): Promise<MessageView[]> {
  const { body } = await stage.ask<{ messages: MessageView[] }>("GET", `${chat.base}/messages`, chat.auth);
  return body.messages;
}

describe("an answer to choices", () => {
  it("is a message like any other, whose words are those of the choice", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    const { status } = await send(chat, answerTo(to, { choice: "l" }), { text: "Small, I swear" });
    expect(status).toBe(201);
    expect((await logOf(chat)).at(-1)).toMatchObject({
      author: { kind: "customer" },
      text: "Large",
      data: { kind: "answer", to, values: { choice: "l" } },
    });
  });

  it("is one, however many windows give it at once", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    const sent = await Promise.all([1, 2, 3].map(() => send(chat, answerTo(to, { choice: "l" }))));
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(sent.map(({ body }) => body.messageId)).size).toBe(1);
    expect(sent.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect((await logOf(chat)).filter(({ data }) => data?.kind === "answer")).toHaveLength(1);
  });

  it("stands: another one after it, or at the same time, is refused", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    const both = await Promise.all([
      send(chat, answerTo(to, { choice: "s" })),
      send(chat, answerTo(to, { choice: "l" })),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const [answered] = (await logOf(chat)).filter(({ data }) => data?.kind === "answer");
    const other = answered?.text === "Small" ? "l" : "s";
    const late = await send(chat, answerTo(to, { choice: other }));
    expect([late.status, late.body.error?.message]).toEqual([
      409,
      `This was answered already: ${answered?.text}`,
    ]);
  });

  it("is out of date once the customer wrote other words", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    await send(chat, undefined, { text: "Medium, if you have it" });
    const { status, text } = await send(chat, answerTo(to, { choice: "l" }));
    expect([status, text]).toEqual([409, expect.stringContaining("this question is closed")]);
  });

  it("may be sent again after words that followed it, as after a lost answer", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    const first = await send(chat, answerTo(to, { choice: "l" }));
    await send(chat, undefined, { text: "Thanks" });
    const again = await send(chat, answerTo(to, { choice: "l" }));
    expect(again.body).toMatchObject({ messageId: first.body.messageId, duplicate: true });
  });

  it.each([
    ["an unknown choice", { choice: "xl" }],
    ["nothing", {}],
    ["a field that is none", { choice: "l", more: "x" }],
    ["a number", { choice: 1 }],
  ])("is refused with %s, and nothing is stored", async (_, values) => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices);
    expect((await send(chat, answerTo(to, values))).status).toBe(400);
    expect(await logOf(chat)).toHaveLength(1);
  });
});

describe("an answer to a form", () => {
  it("is checked, cleaned and readable", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, form);
    const values = { order: "  N-12 ", mail: "", count: 2, day: "2026-11-30", size: "s" };
    expect((await send(chat, answerTo(to, values))).status).toBe(201);
    expect((await logOf(chat)).at(-1)).toMatchObject({
      text: "Order number: N-12\nHow many: 2\nSince when: 2026-11-30\nSize: Small",
      data: { values: { order: "N-12", count: 2, day: "2026-11-30", size: "s" } },
    });
  });

  it("says for each field what is wrong with it", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, form);
    const { status, body } = await send(
      chat,
      answerTo(to, { order: " ", mail: "kim@", count: "two", day: "2026-02-30", size: "m" }),
    );
    expect(status).toBe(400);
    expect(Object.keys(body.error?.details?.fields ?? {}).toSorted()).toEqual([
      "count",
      "day",
      "mail",
      "order",
      "size",
    ]);
    expect(await logOf(chat)).toHaveLength(1);
  });

  it("is taken also after other words", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, form);
    await send(chat, undefined, { text: "One moment" });
    expect((await send(chat, answerTo(to, { order: "N-12", size: "s" }))).status).toBe(201);
  });
});

describe("an answer to what asks for none", () => {
  it("is not found where the question is another conversation's", async () => {
    const [mine, theirs] = [await stage.chat(shop), await stage.chat(shop)];
    const to = await ask(theirs, choices);
    const foreign = await send(mine, answerTo(to, { choice: "l" }));
    const none = await send(mine, answerTo(newId(), { choice: "l" }));
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(foreign.body.error?.message).toBe(none.body.error?.message);
  });

  it("is not found where colleagues talk among themselves", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, choices, "operators");
    expect((await send(chat, answerTo(to, { choice: "l" }))).status).toBe(404);
  });

  it("is refused where the message only shows something", async () => {
    const chat = await stage.chat(shop);
    const to = await ask(chat, { kind: "cards", cards: [{ title: "Fjell 2", actions: [] }] });
    expect((await send(chat, answerTo(to, { choice: "l" }))).status).toBe(400);
  });
});

describe("an operator and the API", () => {
  async function held(chat: Chat): Promise<string> {
    await send(chat, undefined, { text: "Hello" });
    const path = `/api/agent/conversations/${chat.conversationId}`;
    expect((await stage.ask("POST", `${path}/take-over`, shop.owner.cookie)).status).toBe(200);
    return path;
  }

  it("send choices, cards and forms that the customer's window gets whole", async () => {
    const chat = await stage.chat(shop);
    const path = await held(chat);
    for (const data of [choices, form, { kind: "cards", cards: [{ title: "Fjell 2" }] }]) {
      const body = { clientId: newId(), text: "Look:", data };
      expect((await stage.ask("POST", `${path}/send`, shop.owner.cookie, body)).status).toBe(201);
    }
    const log = await logOf(chat);
    expect(log.slice(-3).map(({ data }) => data?.kind)).toEqual(["choices", "form", "cards"]);
  });

  it("send the composer's answers as buttons of the web chat", async () => {
    const chat = await stage.chat(shop);
    const path = await held(chat);
    const body = { clientId: newId(), text: "Which?", choices: ["Yes", "No"] };
    await stage.ask("POST", `${path}/send`, shop.owner.cookie, body);
    expect((await logOf(chat)).at(-1)?.data).toEqual({
      kind: "choices",
      choices: [
        { id: "a1", label: "Yes" },
        { id: "a2", label: "No" },
      ],
    });
  });

  it.each([
    ["no choice", { kind: "choices", choices: [] }],
    ["one id twice", { kind: "choices", choices: [choices.choices[0], choices.choices[0]] }],
    ["a form without fields", { kind: "form", fields: [] }],
    [
      "a field to choose from without answers",
      { kind: "form", fields: [{ id: "a", label: "A", type: "choice" }] },
    ],
    [
      "a link that is none",
      { kind: "cards", cards: [{ title: "A", actions: [{ label: "B", url: "javascript:1" }] }] },
    ],
    ["an answer", answerTo("0199aaaa-0000-7000-8000-000000000001", { choice: "l" })],
    ["a whisper", { kind: "whisper" }],
  ])("cannot send %s", async (_, data) => {
    const chat = await stage.chat(shop);
    const path = await held(chat);
    const body = { clientId: newId(), text: "Look:", data };
    expect((await stage.ask("POST", `${path}/send`, shop.owner.cookie, body)).status).toBe(400);
  });

  it("cannot put buttons into a note", async () => {
    const chat = await stage.chat(shop);
    const path = await held(chat);
    const body = { clientId: newId(), text: "Look:", audience: "operators", data: choices };
    expect((await stage.ask("POST", `${path}/send`, shop.owner.cookie, body)).status).toBe(400);
  });
});
