import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BulkAction, MacroAction } from "#contracts/desk-actions";
import type { OperatorSendBody } from "#contracts/operator";
import { closeDatabase, openDatabase } from "#lib/db";
import { newId } from "#lib/ids";
import { changeMany, previewActions, runActions, sendReply } from "#services/chat";
import {
  append,
  contactAttributes,
  findConversation,
  messagesBefore,
  setContactAttributes,
} from "#services/conversations";
import { resolve } from "#services/handover";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aDesk, asked, now, tagging } from "./desk-world.ts";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 10 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function words(who: { companyId: string }, id: string, audience: "all" | "operators" = "operators") {
  const { messages } = await messagesBefore(who, id, { limit: 50, audience });
  return messages.filter(({ author }) => author.kind === "operator").map(({ text }) => text);
}

describe("a macro", () => {
  const steps: MacroAction[] = [
    { kind: "reply", text: "Hi {{customer.first_name|there}}, {{operator.first_name}} here." },
    { kind: "note", text: "Refunded by {{operator.name}}" },
    tagging(["refund"]),
    { kind: "attribute", name: "plan", value: "gold" },
    { kind: "resolve" },
  ];

  it("shows in sentences what it would do, with its words filled in, and does nothing", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const before = await now(desk, id);
    const preview = await previewActions(desk.anna, id, [
      ...steps,
      { kind: "assign", to: { kind: "operator", operatorId: desk.ben.userId } },
      { kind: "snooze", minutes: 2_880 },
    ]);
    expect(preview.steps.map(({ sentence, text }) => text ?? sentence)).toEqual([
      "Hi Kim, Anna here.",
      "Refunded by Anna Berg",
      "Add the tag “refund”.",
      "Set the customer's “plan” to “gold”.",
      "Resolve the conversation.",
      "Assign to Ben Dahl.",
      "Snooze for 2 days.",
    ]);
    expect(await now(desk, id)).toEqual(before);
  });

  it("does all its steps in their order, each as if a person did it", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const run = await runActions(desk.anna, { conversationId: id, clientId: "m1" }, steps);
    expect(run.steps.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done", "done"]);
    expect(await words(desk.company, id)).toEqual(["Hi Kim, Anna here.", "Refunded by Anna Berg"]);
    expect(await words(desk.company, id, "all")).toEqual(["Hi Kim, Anna here."]);
    const after = await now(desk, id);
    expect([after.state, after.tags]).toEqual(["RESOLVED", ["refund"]]);
    expect((await contactAttributes(desk.anna, after.contactId)).attributes).toEqual({ plan: "gold" });
    expect(run.row.state.state).toBe("RESOLVED");
  });

  it("sends its words once when it is run twice", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const twice = { conversationId: id, clientId: "m2" };
    const [reply] = steps;
    await Promise.all([
      runActions(desk.anna, twice, reply ? [reply] : []),
      runActions(desk.anna, twice, reply ? [reply] : []),
    ]);
    expect(await words(desk.company, id)).toEqual(["Hi Kim, Anna here."]);
  });

  it("stops at a step that cannot be done, and says what was done before it", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const run = await runActions(desk.anna, { conversationId: id, clientId: "m3" }, [
      tagging(["vip"]),
      { kind: "assign", to: { kind: "operator", operatorId: newId() } },
      { kind: "resolve" },
    ]);
    expect(run.steps.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ["done", undefined],
      ["failed", "This operator is not part of your company."],
      ["skipped", undefined],
    ]);
    const after = await now(desk, id);
    expect([after.tags, after.state]).toEqual([["vip"], "WITH_HUMAN"]);
  });

  it("stops rather than send a gap to the customer", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    await setContactAttributes(desk.anna, (await now(desk, id)).contactId, { name: "" });
    const actions: MacroAction[] = [{ kind: "reply", text: "Hi {{customer.name}}" }];
    const [previewed] = (await previewActions(desk.anna, id, actions)).steps;
    expect(previewed?.problem).toContain("the customer's name");
    const run = await runActions(desk.anna, { conversationId: id, clientId: "m4" }, actions);
    expect([run.steps[0]?.outcome, run.steps[0]?.problem]).toEqual(["failed", previewed?.problem]);
    expect(await words(desk.company, id)).toEqual([]);
  });
});

describe("changing many at once", () => {
  const all = (ids: string[], action: BulkAction) => ({
    changes: ids.map((conversationId) => ({ conversationId, action })),
  });

  it("changes each by itself, and says of each whether and why not", async () => {
    const desk = await aDesk();
    const [held, closed] = [await asked(desk, { by: desk.anna }), await asked(desk, { by: desk.anna })];
    await resolve(desk.anna, closed);
    const strange = await asked(await aDesk());
    const { outcomes } = await changeMany(desk.anna, all([held, closed, strange], { kind: "resolve" }));
    expect(outcomes.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ["done", undefined],
      ["failed", expect.stringContaining("resolved")],
      ["failed", "This conversation does not exist."],
    ]);
    expect((await now(desk, held)).state).toBe("RESOLVED");
  });

  it("changes a hundred together", async () => {
    const desk = await aDesk();
    const ids: string[] = [];
    for (let n = 0; n < 100; n += 1) ids.push(await asked(desk));
    const { outcomes } = await changeMany(desk.anna, all(ids, tagging(["vip"])));
    expect(
      outcomes.filter(({ outcome, row }) => outcome === "done" && row?.attributes.tags[0] === "vip"),
    ).toHaveLength(100);
  });

  it.each<[string, BulkAction]>([
    ["tags", tagging(["vip", "had"], ["old"])],
    ["a snooze", { kind: "snooze", minutes: 60 }],
    ["an assignment", { kind: "assign", to: { kind: "me" } }],
    ["handing to the assistant", { kind: "assign", to: { kind: "ai" } }],
    ["the queue", { kind: "assign", to: { kind: "queue" } }],
    ["resolving", { kind: "resolve" }],
  ])("can take back %s, from wherever each stood", async (_, action) => {
    const desk = await aDesk();
    const ids = [
      await asked(desk),
      await asked(desk, { waiting: true }),
      await asked(desk, { by: desk.ben }),
    ];
    for (const id of ids) await changeMany(desk.anna, all([id], tagging(["had", "old"])));
    const essence = async (id: string) => {
      const { state, operatorId, tags, snoozedUntil, teamId } = await now(desk, id);
      return { state, operatorId, tags: tags.toSorted(), snoozedUntil, teamId };
    };
    const before = await Promise.all(ids.map(essence));
    const { outcomes } = await changeMany(desk.anna, all(ids, action));
    const undoing = outcomes.flatMap(({ conversationId, undo }) =>
      undo ? [{ conversationId, action: undo }] : [],
    );
    expect(undoing.length).toBeGreaterThan(0);
    const undone = await changeMany(desk.anna, { changes: undoing });
    expect(undone.outcomes.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(await Promise.all(ids.map(essence))).toEqual(before);
  });

  it("marks as read", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    await append(await now(desk, id), {
      now: new Date(),
      messages: [{ author: { kind: "customer" }, text: "?" }],
    });
    const { outcomes } = await changeMany(desk.anna, all([id], { kind: "read" }));
    expect([outcomes[0]?.row?.unread, outcomes[0]?.undo]).toEqual([0, undefined]);
  });
});

describe("sending a reply", () => {
  const reply = (more: Partial<Parameters<typeof OperatorSendBody.parse>[0] & object> = {}) => ({
    clientId: newId(),
    text: "It is on its way.",
    audience: "all" as const,
    ...more,
  });

  it("warns of a reply by somebody else that its writer has not seen, and sends it anyway when told to", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const { head } = await now(desk, id);
    await append(await now(desk, id), {
      now: new Date(),
      messages: [{ author: { kind: "operator", id: desk.ben.userId, name: "Ben Dahl" }, text: "I have it." }],
    });
    await expect(sendReply(desk.anna, id, reply({ seenHead: head }))).rejects.toMatchObject({
      code: "conflict",
      message: "Ben Dahl has replied meanwhile.",
      details: { newer: { text: "I have it.", author: { name: "Ben Dahl" } } },
    });
    await sendReply(desk.anna, id, reply({ seenHead: head, sendAnyway: true }));
    expect(await words(desk.company, id)).toEqual(["I have it.", "It is on its way."]);
  });

  it("lets one of two through who answer at the same moment on what both have seen, and warns the other", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const { head } = await now(desk, id);
    const program = { kind: "key", companyId: desk.company.companyId, keyId: newId(), name: "Desk" } as const;
    const sent = await Promise.allSettled([
      sendReply(desk.anna, id, reply({ seenHead: head })),
      sendReply({ ...program, scopes: [] }, id, reply({ seenHead: head })),
    ]);
    const refused = sent.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toMatchObject([{ code: "conflict", details: { newer: { text: "It is on its way." } } }]);
    expect(await words(desk.company, id)).toHaveLength(1);
  });

  it("is not held up by one's own words, the customer's or colleagues' notes, nor when it is sent again", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const { head } = await now(desk, id);
    const first = reply({ seenHead: head });
    const sent = await sendReply(desk.anna, id, first);
    await append(await now(desk, id), {
      now: new Date(),
      messages: [
        { author: { kind: "customer" }, text: "Thanks" },
        {
          author: { kind: "operator", id: desk.ben.userId, name: "Ben" },
          text: "note",
          audience: "operators",
        },
      ],
    });
    await sendReply(desk.anna, id, reply({ seenHead: head, text: "Anything else?" }));
    await append(await now(desk, id), {
      now: new Date(),
      messages: [{ author: { kind: "operator", id: desk.ben.userId, name: "Ben" }, text: "Me too" }],
    });
    const again = await sendReply(desk.anna, id, first);
    expect([again.messageId, again.duplicate]).toEqual([sent.messageId, true]);
  });

  it("resolves after it where that is asked for, once", async () => {
    const desk = await aDesk();
    const id = await asked(desk, { by: desk.anna });
    const closing = reply({ thenResolve: true });
    const sent = await sendReply(desk.anna, id, closing);
    expect((await findConversation(desk.company, id)).state).toBe("RESOLVED");
    const again = await sendReply(desk.anna, id, closing);
    expect([again.messageId, again.duplicate]).toEqual([sent.messageId, true]);
    expect(await words(desk.company, id)).toEqual(["It is on its way."]);
  });

  it("names no stranger in a note", async () => {
    const desk = await aDesk();
    const id = await asked(desk);
    const stranger = (await aDesk()).ben.userId;
    const note = reply({ audience: "operators", mentions: [desk.ben.userId, stranger] });
    await expect(sendReply(desk.anna, id, note)).rejects.toMatchObject({ code: "not_found" });
    expect(await words(desk.company, id)).toEqual([]);
  });
});
