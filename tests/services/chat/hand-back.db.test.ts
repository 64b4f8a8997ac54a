import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EscalationRule } from "#contracts/escalation";
import type { ConversationRow } from "#contracts/operator";
import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { append, findConversation, messagesBefore } from "#services/conversations";
import { type ModelServer, startModelServer } from "#support/model-server";
import { until } from "#support/readers";
import { type Chat, openStage, type Person, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let model: ModelServer;
let shop: Shop;

beforeAll(async () => {
  model = await startModelServer();
  stage = await openStage({ modelUrl: model.url });
  shop = await stage.shop();
});
beforeEach(() => {
  model.set({ chunks: ["We are open from nine. <confidence>0.9</confidence>"] });
  model.requests.length = 0;
});
afterAll(async () => {
  await stage.close();
  await model.close();
});

const path = ({ conversationId }: Chat) => `/api/agent/conversations/${conversationId}`;

async function say(chat: Chat, text: string): Promise<void> {
  const body = { clientId: newId(), text };
  expect((await stage.ask("POST", `${chat.base}/message`, chat.auth, body)).status).toBe(201);
}

/** Waits until no answer is being written, and tells how the conversation stands. */
async function settled(chat: Chat) {
  await until("no answer is being written", async () => {
    const rows = await read(
      shop.companyId,
      "SELECT FROM run WHERE company_id = $1 AND conversation_id = $2 AND state IN ('queued', 'running')",
      [shop.companyId, chat.conversationId],
    );
    return rows.length === 0;
  });
  return findConversation(shop, chat.conversationId);
}

async function act(chat: Chat, verb: string, body: unknown = {}, person: Person = shop.owner) {
  return stage.ask<ConversationRow>("POST", `${path(chat)}/${verb}`, person.cookie, body);
}

const handBack = (chat: Chat, more: object = {}, topics?: string[], person?: Person) =>
  act(chat, "handover", { to: { kind: "ai", ...(topics && { scope: { topics } }) }, ...more }, person);

async function here({ who }: Person, status: "online" | "away" = "online", load = 0): Promise<void> {
  const { companyId, userId } = who;
  await withCompany(companyId, async (tx) => {
    const seenAt = new Date();
    const where = { companyId_userId: { companyId, userId } };
    await tx.presence.upsert({
      where,
      create: { companyId, userId, status, seenAt },
      update: { status, seenAt },
    });
    await tx.operatorProfile.upsert({
      where,
      create: { companyId, userId, capacity: load === 0 ? 50 : 0 },
      update: { capacity: load === 0 ? 50 : 0 },
    });
  });
}

async function texts(chat: Chat): Promise<string[]> {
  const { messages } = await messagesBefore(shop, chat.conversationId, { limit: 50, audience: "all" });
  return messages.map(({ text }) => text);
}

/** A conversation that a person has had, and said something in. */
async function held(person = shop.owner): Promise<Chat> {
  const chat = await stage.chat(shop);
  await say(chat, "I want to talk to a lawyer!");
  expect((await settled(chat)).state).toBe("WAITING_HUMAN");
  expect((await act(chat, "accept", {}, person)).status).toBe(200);
  const body = { clientId: newId(), text: "I refund the shipping by Friday." };
  expect((await act(chat, "send", body, person)).status).toBe(201);
  return chat;
}

describe("handing a conversation back", () => {
  it("keeps what it was given back for, with the person and their note, in the same commit", async () => {
    const chat = await held();
    const { status, body } = await handBack(chat, { note: "20 euros" }, ["returns", "shipping"]);
    expect(status).toBe(200);
    expect(body.state.state).toBe("ACTIVE");
    expect(body.attributes.scope).toMatchObject({
      note: "20 euros",
      topics: ["returns", "shipping"],
      settled: "keyword",
      by: { id: shop.owner.who.userId, name: shop.owner.who.name },
    });
    const events = await read<{ type: string; txid: string }>(
      shop.companyId,
      "SELECT type, txid::text FROM event WHERE company_id = $1 AND conversation_id = $2 ORDER BY seq DESC LIMIT 4",
      [shop.companyId, chat.conversationId],
    );
    const changes = events.filter(({ type }) => type === "state" || type === "attributes");
    expect(new Set(changes.slice(0, 2).map(({ txid }) => txid)).size).toBe(1);
  });

  it("lets the model know what the person said and agreed", async () => {
    const chat = await held();
    await handBack(chat, { note: "20 euros, by bank transfer" });
    await say(chat, "And when are you open?");
    await settled(chat);
    const told = model.requests.at(-1)?.messages.at(-1)?.content ?? "";
    expect(told).toContain("I refund the shipping by Friday.");
    expect(told).toContain("20 euros, by bank transfer");
  });

  it("lets the model know what the person promised, however much the customer wrote after it", async () => {
    const chat = await held();
    await append(await findConversation(shop, chat.conversationId), {
      now: new Date(),
      messages: Array.from({ length: 60 }, (_, n) => ({ author: { kind: "customer" }, text: `Thing ${n}.` })),
    });
    await handBack(chat);
    await settled(chat);
    expect(model.requests.at(-1)?.messages.at(-1)?.content).toContain("I refund the shipping by Friday.");
  });

  it("tells the customer neither the note nor the scope", async () => {
    const chat = await held();
    await handBack(chat, { note: "A difficult one" }, ["returns"]);
    const { text } = await stage.ask("GET", `${chat.base}/events`, chat.auth);
    expect(text).not.toContain("A difficult one");
    expect(text).not.toContain("scope");
  });

  it.each([
    ["too many topics", { topics: Array.from({ length: 11 }, (_, n) => `t${n}`) }],
    ["an empty topic", { topics: [" "] }],
    ["no list", { topics: "returns" }],
  ])("is refused with %s, and nobody loses the conversation", async (_, scope) => {
    const chat = await held();
    expect((await act(chat, "handover", { to: { kind: "ai", scope } })).status).toBe(400);
    expect((await findConversation(shop, chat.conversationId)).state).toBe("WITH_HUMAN");
  });
});

describe("outside of what was handed back", () => {
  const outside = () =>
    model.set({
      mode: "tools",
      calls: [{ name: "return_to_person", arguments: { reason: "Wants a new invoice." } }],
    });

  it("the customer is with the same person again, in one commit, where they are there", async () => {
    const chat = await held();
    await here(shop.owner);
    await handBack(chat, {}, ["returns"]);
    outside();
    await say(chat, "I need a new invoice");
    const after = await settled(chat);
    expect(after).toMatchObject({ state: "WITH_HUMAN", operatorId: shop.owner.who.userId });
    expect((await texts(chat)).at(-1)).toBe(`${shop.owner.who.name} is with you again.`);
    const { body } = await stage.ask<{ escalation: { packet: { sentence: string }; acceptedAt?: string } }>(
      "GET",
      path(chat),
      shop.key,
    );
    expect(body.escalation.packet.sentence).toContain("Wants a new invoice.");
    expect(body.escalation.acceptedAt).toBeDefined();
  });

  it.each([
    ["is away", "away", 0],
    ["has no room", "online", 1],
  ] as const)("the customer waits in the queue where that person %s", async (_, status, load) => {
    const chat = await held();
    await here(shop.owner, status, load);
    await handBack(chat, {}, ["returns"]);
    outside();
    await say(chat, "I need a new invoice");
    expect(await settled(chat)).toMatchObject({ state: "WAITING_HUMAN", operatorId: undefined });
    expect((await findConversation(shop, chat.conversationId)).scope?.by?.id).toBe(shop.owner.who.userId);
    await here(shop.owner);
  });

  it("nobody is given a conversation who has left the company", async () => {
    const gone = await stage.colleague(shop);
    const chat = await held(gone);
    await here(gone);
    await handBack(chat, {}, ["returns"], gone);
    await withCompany(shop.companyId, (tx) => tx.member.deleteMany({ where: { userId: gone.who.userId } }));
    outside();
    await say(chat, "I need a new invoice");
    expect((await settled(chat)).state).toBe("WAITING_HUMAN");
  });

  it("writes the reason into the ledger", async () => {
    const chat = await held();
    await here(shop.owner);
    await handBack(chat, {}, ["returns"]);
    outside();
    await say(chat, "I need a new invoice");
    await settled(chat);
    const { text } = await stage.ask("GET", `${path(chat)}/decisions`, shop.key);
    expect(text).toContain(`Outside of what ${shop.owner.who.name} handed back: Wants a new invoice.`);
  });
});

describe("no loop", () => {
  it("lets an unanswered message that had called a person be answered by the assistant after a hand-back", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "Do I need a lawyer to return a tent?");
    expect((await settled(chat)).state).toBe("WAITING_HUMAN");
    await act(chat, "accept");
    await handBack(chat);
    expect((await settled(chat)).state).toBe("ACTIVE");
    expect((await texts(chat)).at(-1)).toBe("We are open from nine.");
  });

  it("offers a person, and calls none, where the assistant fails on what was handed back", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "Do I need a lawyer to return a tent?");
    await settled(chat);
    await act(chat, "accept");
    model.set({ mode: "error" });
    await handBack(chat);
    expect(await settled(chat)).toMatchObject({ state: "ACTIVE", offered: true });
    expect((await texts(chat)).at(-1)).toMatch(/cannot answer this right now/);
  });

  it("calls a person for new words that ask for one", async () => {
    const chat = await held();
    await handBack(chat);
    await say(chat, "My lawyer will hear of this");
    expect((await settled(chat)).state).toBe("WAITING_HUMAN");
  });

  const strict: EscalationRule[] = (
    [
      { trigger: "keyword", keywords: ["lawyer"] },
      { trigger: "sentiment", threshold: -0.3, consecutive: 2 },
      { trigger: "confidence", threshold: 0.5, consecutive: 2 },
      { trigger: "explicit_request", phrases: [] },
      { trigger: "conversation_length", maxMessages: 6 },
      { trigger: "circles", times: 2 },
      { trigger: "agent_tool" },
      { trigger: "ai_failure" },
      { trigger: "manual" },
    ] as const
  ).map(
    (rule, n) =>
      ({
        id: `r${n}`,
        name: rule.trigger,
        enabled: true,
        priority: n + 1,
        action: "escalate",
        ...rule,
      }) as EscalationRule,
  );

  const words = fc.constantFrom(
    "I want to talk to my lawyer",
    "let me talk to a real person",
    "this is terrible, awful, the worst shop ever",
    "where is my order",
    "where is my order",
    "what about zeppelins",
    "thanks",
    "hello",
  );
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ act: fc.constant("say" as const), text: words }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom("accept" as const, "reply" as const) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("cancel" as const) }) },
  );

  it("in the turn after a hand-back no person is called for what was said before it", async () => {
    const { status, text } = await stage.ask("PUT", "/api/admin/rules", shop.owner.cookie, { rules: strict });
    expect(status, text).toBeLessThan(300);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
        const chat = await stage.chat(shop);
        await say(chat, "I want to talk to my lawyer");
        await settled(chat);
        for (const each of steps) {
          if (each.act === "say") await say(chat, each.text);
          else if (each.act === "accept") await act(chat, "accept");
          else if (each.act === "reply")
            await act(chat, "send", { clientId: newId(), text: "I look into it." });
          else {
            await stage.ask("POST", `${chat.base}/cancel`, chat.auth);
            expect((await settled(chat)).state).not.toBe("WAITING_HUMAN");
          }
          await settled(chat);
        }
        const before = await findConversation(shop, chat.conversationId);
        if (before.state === "ACTIVE") await act(chat, "take-over");
        await handBack(chat);
        expect((await settled(chat)).state).toBe("ACTIVE");
        // New words that call for nobody by themselves.
        await say(chat, "when are you open on Mondays");
        expect((await settled(chat)).state).toBe("ACTIVE");
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});
