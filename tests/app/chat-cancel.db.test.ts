import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StateView } from "#contracts/conversation";
import { newId } from "#lib/ids";
import { eventsAfter, findConversation } from "#services/conversations";
import { doorNames } from "#support/doors";
import { type ModelServer, startModelServer } from "#support/model-server";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

type Refusal = { error: { code: string; details?: { operator?: { name: string } } } };

describe.each(doorNames)("a customer who would rather not wait, through the %s door", (door) => {
  let stage: Stage;
  let shop: Shop;

  beforeAll(async () => {
    stage = await openStage({ door });
    shop = await stage.shop();
  });
  afterAll(() => stage.close());

  const cancel = (chat: Chat) =>
    stage.ask<StateView & Partial<Refusal>>("POST", `${chat.base}/cancel`, chat.auth);
  const escalate = (chat: Chat) => stage.ask<StateView>("POST", `${chat.base}/escalate`, chat.auth, {});
  const operator = (chat: Chat, act: string) =>
    stage.ask("POST", `/api/agent/conversations/${chat.conversationId}/${act}`, shop.owner.cookie);
  const conversation = (chat: Chat) => findConversation(shop, chat.conversationId);

  async function say(chat: Chat, text: string) {
    const body = { clientId: newId(), text };
    expect((await stage.ask("POST", `${chat.base}/message`, chat.auth, body)).status).toBe(201);
  }

  async function logOf(chat: Chat) {
    const all = { after: 0, limit: 500, audience: "operators" } as const;
    return (await eventsAfter(shop, chat.conversationId, all)).events;
  }

  async function voicesOf(chat: Chat) {
    return (await logOf(chat)).flatMap((event) =>
      event.type === "message" ? [event.message.notice?.kind ?? event.message.author.kind] : [],
    );
  }

  /** Waits until the AI has said as many answers, and then whether it says any more. */
  async function answersOf(chat: Chat, count: number) {
    const answers = async () => (await voicesOf(chat)).filter((voice) => voice === "agent").length;
    await until(`${count} answers`, async () => (await answers()) >= count);
    await pause(150);
    return answers();
  }

  it("talks to the assistant again, and those behind move up", async () => {
    const [first, second] = [await stage.chat(shop), await stage.chat(shop)];
    await escalate(first);
    expect((await escalate(second)).body.position).toBe(2);

    const answer = await cancel(first);

    expect(answer).toMatchObject({ status: 200, body: { state: "ACTIVE", owner: "ai", offered: false } });
    const [said] = (await logOf(first)).slice(-1);
    expect(said).toMatchObject({
      message: { text: "You are talking to the assistant again.", notice: { kind: "handed_back" } },
    });
    expect((await escalate(second)).body.position).toBe(1);
    await cancel(second);
  });

  it("is answered on what they ask next, and not sent back for what brought them there", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "My lawyer will write to you.");
    await until("the escalation", async () => (await conversation(chat)).state === "WAITING_HUMAN");
    await cancel(chat);

    await say(chat, "How long can I return a tent?");

    expect(await answersOf(chat, 1)).toBe(1);
    expect((await conversation(chat)).state).toBe("ACTIVE");
  });

  it("may ask twice, also at once: it happens once", async () => {
    const chat = await stage.chat(shop);
    await escalate(chat);

    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(chat)));
    const later = await cancel(chat);

    for (const { status, body } of [...answers, later]) {
      expect({ status, state: body.state }).toEqual({ status: 200, state: "ACTIVE" });
    }
    expect((await voicesOf(chat)).filter((voice) => voice === "handed_back")).toHaveLength(1);
  });

  it("keeps the person who is there already, and reads who it is", async () => {
    const chat = await stage.chat(shop);
    await escalate(chat);
    await operator(chat, "accept");
    const before = await conversation(chat);

    const answer = await cancel(chat);

    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: "conflict", details: { operator: { name: "Ada Owner" } } } },
    });
    expect(await conversation(chat)).toEqual(before);
  });

  it("cannot wake a closed conversation by it", async () => {
    const chat = await stage.chat(shop);
    await escalate(chat);
    await operator(chat, "resolve");

    expect((await cancel(chat)).status).toBe(409);
    expect((await conversation(chat)).state).toBe("RESOLVED");
  });

  it("and an operator who accepts at the same moment: exactly one wins", async () => {
    const won: boolean[] = [];
    for (let round = 0; round < 20; round++) {
      const chat = await stage.chat(shop);
      await escalate(chat);

      // Now the one and now the other sets out later, by less than the way takes and by more.
      const later = 2 ** Math.floor(round / 2) - 1;
      const [cancelled, accepted] = await Promise.all([
        pause(round % 2 === 0 ? later : 0).then(() => cancel(chat)),
        pause(round % 2 === 0 ? 0 : later).then(() => operator(chat, "accept")),
      ]);

      const byCustomer = cancelled.status === 200;
      expect([cancelled.status, accepted.status]).toEqual(byCustomer ? [200, 409] : [409, 200]);
      expect((await conversation(chat)).state).toBe(byCustomer ? "ACTIVE" : "WITH_HUMAN");
      expect((await voicesOf(chat)).slice(1)).toEqual([byCustomer ? "handed_back" : "joined"]);
      won.push(byCustomer);
    }
    // Each of them wins some; otherwise nothing was raced.
    expect(new Set(won).size).toBe(2);
  });

  it("gets what was written while waiting answered, once, however close the two come", async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, round) => {
        const chat = await stage.chat(shop);
        await escalate(chat);

        await Promise.all(
          round % 2 === 0
            ? [cancel(chat), say(chat, "How long can I return a tent?")]
            : [say(chat, "How long can I return a tent?"), cancel(chat)],
        );

        expect([round, await answersOf(chat, 1)]).toEqual([round, 1]);
      }),
    );
  });

  it("is not answered twice: what was answered before the wait stays answered", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "How long can I return a tent?");
    await answersOf(chat, 1);
    await escalate(chat);

    await cancel(chat);

    await pause(300);
    expect(await answersOf(chat, 1)).toBe(1);
  });

  it("is not brought to the queue again by the very words that brought them there", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "My lawyer will write to you.");
    await until("they wait", async () => (await conversation(chat)).state === "WAITING_HUMAN");

    await cancel(chat);

    await pause(300);
    expect((await conversation(chat)).state).toBe("ACTIVE");
    expect(await voicesOf(chat)).toEqual(["customer", "escalated", "handed_back"]);
  });
});

describe("a customer for whom the assistant had failed", () => {
  let model: ModelServer;
  let stage: Stage;

  beforeAll(async () => {
    model = await startModelServer({ mode: "error" });
    stage = await openStage({ modelUrl: model.url });
  });
  afterAll(async () => {
    await stage.close();
    await model.close();
  });

  it("goes back to it and has their question answered after all", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const body = { clientId: newId(), text: "How long can I return a tent?" };
    await stage.ask("POST", `${chat.base}/message`, chat.auth, body);
    const heard = async () =>
      (await eventsAfter(shop, chat.conversationId, { after: 0, limit: 500, audience: "all" })).events;
    await until("they wait", async () =>
      (await heard()).some((event) => event.type === "state" && event.state.state === "WAITING_HUMAN"),
    );
    model.set({ mode: "ok", chunks: ["Thirty ", "days."] });

    await stage.ask("POST", `${chat.base}/cancel`, chat.auth);

    await until("an answer", async () =>
      (await heard()).some((event) => event.type === "message" && event.message.text === "Thirty days."),
    );
  });
});
