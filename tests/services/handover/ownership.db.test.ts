import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OperatorWho } from "#services/accounts";
import { eventsAfter, findConversation } from "#services/conversations";
import { accept, takeOver } from "#services/handover";
import { type Frame, readStream } from "#support/api";
import { anOperator } from "#support/company";
import { type ModelServer, startModelServer } from "#support/model-server";
import { newSeed, seeded } from "#support/random";
import { until } from "#support/readers";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

let model: ModelServer;
let stage: Stage;
let shop: Shop;
const seed = newSeed();
const random = seeded(seed);

beforeAll(async () => {
  model = await startModelServer();
  stage = await openStage({ modelUrl: model.url });
  shop = await stage.shop();
});
beforeEach(() => model.set({ chunks: ["Thirty ", "days."] }));
afterAll(async () => {
  await stage.close();
  await model.close();
});

const own = (chat: Chat) => `/api/agent/conversations/${chat.conversationId}`;
const human = (chat: Chat, act: string, body?: unknown) =>
  stage.ask<{ error?: { details?: unknown } }>("POST", `${own(chat)}/${act}`, shop.owner.cookie, body);

async function say(chat: Chat, text: string): Promise<void> {
  const body = { clientId: newId(), text };
  expect((await stage.ask("POST", `${chat.base}/message`, chat.auth, body)).status).toBe(201);
}

async function logOf(chat: Chat) {
  const page = { after: 0, limit: 500, audience: "operators" } as const;
  return (await eventsAfter(shop, chat.conversationId, page)).events;
}

async function messagesOf(chat: Chat, kind: string): Promise<MessageView[]> {
  const log = await logOf(chat);
  return log.flatMap((event) =>
    event.type === "message" && event.message.author.kind === kind ? [event.message] : [],
  );
}

async function rests(chat: Chat): Promise<void> {
  await until("no answer is under way", async () => {
    const runs = await read(
      shop.companyId,
      "SELECT id FROM run WHERE company_id = $1 AND conversation_id = $2 AND state IN ('queued', 'running')",
      [shop.companyId, chat.conversationId],
    );
    return runs.length === 0;
  });
}

describe("many operators who reach for one conversation", () => {
  it.each(["accept", "takeOver"] as const)(
    "%s: one of sixty-four wins, and the others are told who",
    async (act) => {
      const chat = await stage.chat(shop);
      if (act === "accept") await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
      const racers: OperatorWho[] = [];
      for (let index = 0; index < 64; index++)
        racers.push(await anOperator(shop.companyId, { name: `Racer ${index}` }));

      const move = act === "accept" ? accept : takeOver;
      const ends = await Promise.allSettled(racers.map((racer) => move(racer, chat.conversationId)));

      const winners = racers.filter((_, index) => ends[index]?.status === "fulfilled");
      expect(winners).toHaveLength(1);
      const [winner] = winners as [OperatorWho];
      const losers = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
      expect(losers).toHaveLength(63);
      for (const reason of losers) {
        expect(reason).toMatchObject({
          code: "conflict",
          details: { operator: { id: winner.userId, name: winner.name } },
        });
      }
      const log = await logOf(chat);
      expect(log.filter((event) => event.type === "state" && event.state.owner === "operator")).toHaveLength(
        1,
      );
      expect((await findConversation(shop, chat.conversationId)).operatorId).toBe(winner.userId);
    },
  );

  it("tells a loser through the API who has it", async () => {
    const chat = await stage.chat(shop);
    const colleague = await stage.colleague(shop);
    await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
    await stage.ask("POST", `${own(chat)}/accept`, colleague.cookie);

    const late = await human(chat, "accept");

    const { userId: id, name } = colleague.who;
    expect(late).toMatchObject({
      status: 409,
      body: { error: { code: "conflict", details: { operator: { id, name } } } },
    });
  });
});

describe("an operator's words", () => {
  it("are refused while the AI has the conversation, and once it is closed", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "Hello");
    await rests(chat);
    const words = () => human(chat, "send", { clientId: newId(), text: "It is me." });

    expect((await words()).status).toBe(409);
    await human(chat, "resolve");
    expect((await words()).status).toBe(409);
    expect(await messagesOf(chat, "operator")).toEqual([]);
  });

  it("accept a waiting conversation, once, however often they are sent", async () => {
    const chat = await stage.chat(shop);
    await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
    const body = { clientId: "once", text: "It is me." };

    const answers = await Promise.all(Array.from({ length: 8 }, () => human(chat, "send", body)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(await messagesOf(chat, "operator")).toHaveLength(1);
    expect((await findConversation(shop, chat.conversationId)).operatorId).toBe(shop.owner.who.userId);
  });
});

describe("a person who takes over while the AI answers", () => {
  it(`at whatever moment: nothing of the AI is stored or heard after it (seed ${seed})`, async () => {
    const chunks = Array.from({ length: 20 }, (_, index) => `word${index} `);
    model.set({ chunks, betweenMs: 12, firstMs: 30 });

    const met = await Promise.all(
      Array.from({ length: 40 }, async (_, round) => {
        const chat = await stage.chat(shop);
        const stream = await readStream(`${stage.url}${chat.base}/stream`, chat.auth);
        await stream.next(({ event }) => event === "snapshot");
        await say(chat, "How long can I return a tent?");
        await pause(random() * 600);
        expect((await human(chat, "take-over")).status).toBe(200);
        await stream.next(({ event, data }) => event === "state" && data.move === "takeOver");
        const heard = stream.frames.length;
        await pause(400);

        const log = await logOf(chat);
        const taken = log.findIndex((event) => event.type === "state" && event.move === "takeOver");
        const after = log.slice(taken + 1);
        const voices = after.map((event) => {
          if (event.type === "message") return event.message.author.kind;
          return event.type === "state" ? event.move : event.type;
        });
        expect([round, voices]).toEqual([round, ["system"]]);
        const speaks = ({ event }: Frame) => ["delta", "thinking", "complete", "interrupted"].includes(event);
        expect([round, stream.frames.slice(heard).filter(speaks)]).toEqual([round, []]);
        stream.close();
        const states = await read<{ state: string }>(
          shop.companyId,
          "SELECT state FROM run WHERE conversation_id = $1",
          [chat.conversationId],
        );
        expect(states.map(({ state }) => state)).toEqual([expect.toBeOneOf(["complete", "superseded"])]);
        return states[0]?.state;
      }),
    );
    // Before the end of some answers and after that of others; otherwise nothing was raced.
    expect(met).toContain("superseded");
  });
});

describe("a burst of messages", () => {
  it(`gets one answer, to the last of them, whatever their spacing (seed ${seed})`, async () => {
    // Longer than a burst takes on a busy machine, so that none is over before it is whole.
    model.set({ chunks: ["One ", "answer."], firstMs: 1_000, betweenMs: 20 });
    await Promise.all(
      Array.from({ length: 10 }, async (_, round) => {
        const chat = await stage.chat(shop);
        for (let index = 0; index < 5; index++) {
          await say(chat, `part ${index} of ${round}`);
          await pause(random() * 25);
        }
        await until("it is answered", async () => (await messagesOf(chat, "agent")).length > 0);
        await rests(chat);

        const log = await logOf(chat);
        const voices = log.flatMap((event) => (event.type === "message" ? [event.message.author.kind] : []));
        expect(voices).toEqual([...Array.from({ length: 5 }, () => "customer"), "agent"]);
        const asked = model.requests.findLast(({ messages }) =>
          messages.some(({ content }) => content?.includes(`part 4 of ${round}`)),
        );
        // One question, with all its parts.
        for (let index = 0; index < 5; index++)
          expect(JSON.stringify(asked?.messages)).toContain(`part ${index} of ${round}`);
      }),
    );
  });
});

describe("a conversation that is handed back", () => {
  it("goes on with everything that was said, also by the person and to the agent, and no note", async () => {
    const chat = await stage.chat(shop);
    await say(chat, "My tent leaks");
    await rests(chat);
    await human(chat, "take-over");
    await human(chat, "send", { clientId: newId(), text: "I have put a new tent in the post for you" });
    await human(chat, "send", { clientId: newId(), text: "a difficult one", audience: "operators" });
    const asked = model.requests.length;
    expect((await human(chat, "handover", { to: { kind: "ai" }, note: "good luck" })).status).toBe(200);
    await pause(300);
    expect(model.requests).toHaveLength(asked);

    await say(chat, "When will it arrive?");
    await rests(chat);

    const heard = JSON.stringify(model.requests.at(-1)?.messages);
    const said = ["My tent leaks", "I have put a new tent in the post", "good luck", "When will it arrive?"];
    for (const words of said) expect(heard).toContain(words);
    expect(heard).not.toContain("a difficult one");
    expect((await messagesOf(chat, "agent")).length).toBe(2);
  });

  it("is answered at once where the customer is still waiting for an answer", async () => {
    const chat = await stage.chat(shop);
    await human(chat, "take-over");
    await say(chat, "Are you there?");

    await human(chat, "handover", { to: { kind: "ai" } });
    await until("the AI answers", async () => (await messagesOf(chat, "agent")).length === 1);

    await rests(chat);
    expect(await messagesOf(chat, "agent")).toHaveLength(1);
  });

  it("is answered again after it was taken and handed back with the same question open", async () => {
    model.set({ chunks: ["slow ", "words ", "here"], firstMs: 80, betweenMs: 40 });
    const chat = await stage.chat(shop);
    await say(chat, "Can you hear me?");
    for (let times = 0; times < 3; times++) {
      await human(chat, "take-over");
      await human(chat, "handover", { to: { kind: "ai" } });
    }
    await until("the AI answers", async () => (await messagesOf(chat, "agent")).length > 0);
    await rests(chat);
    await pause(200);
    expect(await messagesOf(chat, "agent")).toHaveLength(1);
  });
});

describe("someone of another company", () => {
  it("is nobody a conversation can be given to", async () => {
    const chat = await stage.chat(shop);
    const other = await stage.shop();
    await human(chat, "take-over");
    const to = { kind: "operator", operatorId: other.owner.who.userId };
    expect((await human(chat, "handover", { to })).status).toBe(404);
    const moved = withCompany(shop.companyId, (tx) =>
      tx.conversation.findUnique({ where: { id: chat.conversationId } }),
    );
    expect((await moved)?.operatorId).toBe(shop.owner.who.userId);
  });
});
