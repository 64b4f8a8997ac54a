import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, read } from "#lib/db";
import { newId } from "#lib/ids";
import { append, eventsAfter, findConversation, markRead } from "#services/conversations";
import { aConversation } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const says = (text: string, clientId?: string) => ({
  author: { kind: "customer" as const },
  text,
  clientId,
});

describe("the log", () => {
  it("numbers concurrent messages of one conversation without a gap", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);

    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        append(conversation, { now: new Date(), messages: [says(`message ${index}`)] }),
      ),
    );

    const { events } = await eventsAfter(place, place.conversationId, {
      after: 0,
      limit: 100,
      audience: "all",
    });
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    const texts = events.flatMap((event) => (event.type === "message" ? [event.message.text] : []));
    expect(new Set(texts).size).toBe(40);
  });

  it("stores a client's message once, however often and however parallel it is sent", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        append(conversation, { now: new Date(), clientId: "once", messages: [says("hello", "once")] }),
      ),
    );

    expect(answers.filter((answer) => answer.outcome === "done")).toHaveLength(1);
    expect(answers.filter((answer) => answer.outcome === "duplicate")).toHaveLength(9);
    const after = await findConversation(place, place.conversationId);
    expect(after.head).toBe(1);
  });

  it("never stores an AI answer after a person took over, however the two interleave", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), async (wait, hold) => {
        const place = await aConversation();
        const operatorId = newId();
        let conversation = await findConversation(place, place.conversationId);
        const run = { id: newId(), messageId: newId() };
        await append(conversation, { now: new Date(), messages: [says("Can I return it?")], run });
        conversation = await findConversation(place, place.conversationId);

        const [answer, takeover] = await Promise.all([
          later(wait, () =>
            append(conversation, {
              now: new Date(),
              guard: {
                state: "ACTIVE",
                epoch: conversation.epoch,
                lastCustomerSeq: conversation.lastCustomerSeq,
              },
              finish: { runId: run.id, fence: 0, state: "complete", text: "Yes." },
              messages: [{ id: run.messageId, author: { kind: "agent" }, text: "Yes." }],
            }),
          ),
          later(hold, () =>
            append(conversation, {
              now: new Date(),
              change: { move: "takeOver", state: "WITH_HUMAN", operatorId, operatorName: "Anna" },
            }),
          ),
        ]);

        const { events } = await eventsAfter(place, place.conversationId, {
          after: 0,
          limit: 50,
          audience: "all",
        });
        const kinds = events.map((event) => {
          if (event.type === "message") return event.message.author.kind;
          return event.type === "state" ? event.move : event.type;
        });
        expect(takeover.outcome).toBe("done");
        expect(kinds.slice(kinds.indexOf("takeOver"))).not.toContain("agent");
        expect(kinds.filter((kind) => kind === "agent")).toHaveLength(answer.outcome === "done" ? 1 : 0);
        const [stored] = await read<{ state: string }>(
          place.companyId,
          "SELECT state FROM run WHERE id = $1",
          [run.id],
        );
        expect(stored?.state).toBe(answer.outcome === "done" ? "complete" : "superseded");
      }),
      { numRuns: 40 },
    );
  });

  it("ends the answer under way when the customer writes again, so that a burst gets one reply", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);
    const first = { id: newId(), messageId: newId() };
    await append(conversation, { now: new Date(), messages: [says("One thing")], run: first });

    const second = await append(conversation, {
      now: new Date(),
      messages: [says("and another")],
      run: { id: newId(), messageId: newId() },
    });

    expect(second).toMatchObject({
      outcome: "done",
      superseded: [{ runId: first.id, messageId: first.messageId }],
    });
    const late = await append(conversation, {
      now: new Date(),
      finish: { runId: first.id, fence: 0, state: "complete", text: "late" },
      messages: [{ id: first.messageId, author: { kind: "agent" }, text: "late" }],
    });
    expect(late.outcome).toBe("conflict");
  });

  it("moves read marks forward only, in whatever order they come", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);
    for (const text of ["a", "b", "c"])
      await append(conversation, { now: new Date(), messages: [says(text)] });

    for (const seq of [2, 1, 3, 2, 900]) await markRead(place, place.conversationId, "operator", seq);

    const after = await findConversation(place, place.conversationId);
    expect(after.operatorRead).toBe(3);
    expect(after.operatorUnread).toBe(0);
  });

  it("hides what another company has", async () => {
    const mine = await aConversation();
    const theirs = await aConversation();

    await expect(findConversation(mine, theirs.conversationId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("rolls message, event and state back together when a job cannot be enqueued", async () => {
    const place = await aConversation();
    const conversation = await findConversation(place, place.conversationId);

    await expect(
      append(conversation, {
        now: new Date(),
        messages: [says("lost?")],
        jobs: [{ task: "x", payload: {}, maxAttempts: -1 }],
      }),
    ).rejects.toThrow();

    const after = await findConversation(place, place.conversationId);
    expect(after.head).toBe(0);
  });
});

async function later<T>(ticks: number, work: () => Promise<T>): Promise<T> {
  for (let tick = 0; tick < ticks; tick++) await new Promise((done) => setImmediate(done));
  return work();
}
