import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { CannedBody, MacroBody, ViewBody } from "#contracts/desk-tools";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { changeTags, findConversation } from "#services/conversations";
import {
  changeCanned,
  changeView,
  countCannedUse,
  createCanned,
  createMacro,
  createView,
  draftsIn,
  keepDraft,
  listCanned,
  listDrafts,
  listMacros,
  listMentions,
  listViews,
  readMentions,
  removeCanned,
  whisper,
} from "#services/desk";
import { sendAsOperator } from "#services/handover";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aDesk, asked, type Desk } from "./desk-world.ts";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 6 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const canned = (change: Partial<z.input<typeof CannedBody>> = {}) =>
  CannedBody.parse({ name: "refund", title: "Refund", text: "Hi {{customer.first_name|there}}", ...change });
const macro = (change: Partial<z.input<typeof MacroBody>> = {}) =>
  MacroBody.parse({ name: "Close", actions: [{ kind: "resolve" }], ...change });
const saved = (change: Partial<z.input<typeof ViewBody>> = {}) =>
  ViewBody.parse({ name: "Refunds", filters: { view: "all", tag: "refund" }, ...change });

describe("canned responses", () => {
  it("are everybody's or one's own, under the same name", async () => {
    const { anna, ben } = await aDesk();
    const shared = await createCanned(anna, canned());
    const own = await createCanned(anna, canned({ visibility: "personal", text: "Mine" }));
    expect((await listCanned(anna)).map(({ id }) => id).toSorted()).toEqual([shared.id, own.id].toSorted());
    expect((await listCanned(ben)).map(({ id }) => id)).toEqual([shared.id]);
    await expect(changeCanned(ben, own.id, canned())).rejects.toMatchObject({ code: "not_found" });
    await expect(removeCanned(ben, own.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("have a name of their own, also where two write it at once", async () => {
    const { anna, ben } = await aDesk();
    const made = await Promise.allSettled([createCanned(anna, canned()), createCanned(ben, canned())]);
    expect(made.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const other = await createCanned(anna, canned({ name: "other" }));
    await expect(changeCanned(anna, other.id, canned())).rejects.toMatchObject({
      code: "conflict",
      message: "There is a canned response /refund already.",
    });
  });

  it("count how often they are used, and know no team of another company", async () => {
    const { anna } = await aDesk();
    const { id } = await createCanned(anna, canned());
    await Promise.all([countCannedUse(anna, id), countCannedUse(anna, id)]);
    expect((await listCanned(anna)).map(({ used }) => used)).toEqual([2]);
    await expect(createCanned(anna, canned({ name: "x", teamId: newId() }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("go with the operator whose they are", async () => {
    const { anna, ben } = await aDesk();
    await createCanned(ben, canned({ visibility: "personal" }));
    await withCompany(anna.companyId, (tx) => tx.member.deleteMany({ where: { userId: ben.userId } }));
    expect(await withCompany(anna.companyId, (tx) => tx.cannedResponse.count())).toBe(0);
  });

  it("are nobody's own where a key writes them", async () => {
    const { company } = await aDesk();
    const key = {
      kind: "key" as const,
      companyId: company.companyId,
      keyId: newId(),
      scopes: [],
      name: "sync",
    };
    await expect(createCanned(key, canned({ visibility: "personal" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await createCanned(key, canned())).visibility).toBe("shared");
  });
});

describe("macros", () => {
  it("name only people and teams of the company", async () => {
    const { anna, ben } = await aDesk();
    const other = await aDesk();
    const to = (operatorId: string) =>
      macro({ actions: [{ kind: "assign", to: { kind: "operator", operatorId } }] });
    expect((await createMacro(anna, to(ben.userId))).actions).toHaveLength(1);
    await expect(createMacro(anna, to(other.ben.userId))).rejects.toMatchObject({ code: "not_found" });
    const team = macro({ name: "T", actions: [{ kind: "assign", to: { kind: "team", teamId: newId() } }] });
    await expect(createMacro(anna, team)).rejects.toMatchObject({ code: "not_found" });
    expect(await listMacros(other.anna)).toEqual([]);
  });

  it.each([
    [[{ kind: "reply", text: "Hi {{customer.nmae}}" }]],
    [[]],
    [[{ kind: "tag" }]],
    [[{ kind: "snooze" }]],
    [[{ kind: "snooze", minutes: 5, until: new Date().toISOString() }]],
    [[{ kind: "attribute", name: "<b>", value: 1 }]],
    [[{ kind: "explode" }]],
  ])("refuse steps that mean nothing: %j", (actions) => {
    expect(MacroBody.safeParse({ name: "Bad", actions }).success).toBe(false);
  });
});

describe("saved views", () => {
  it("are one's own or everybody's, and counted where a count is kept", async () => {
    const desk = await aDesk();
    const { anna, ben } = desk;
    const id = await asked(desk);
    await changeTags(anna, id, { add: ["refund"], remove: [] });
    await createView(anna, saved({ visibility: "shared" }));
    const mine = await createView(ben, saved({ filters: { view: "needs_response", tag: "refund" } }));
    expect((await listViews(anna)).map(({ name, count }) => [name, count])).toEqual([["Refunds", 1]]);
    expect((await listViews(ben)).map(({ count }) => count).toSorted()).toEqual([1, undefined]);
    const changed = await changeView(ben, mine.id, saved({ name: "With the AI", filters: { view: "ai" } }));
    expect([changed.name, changed.count]).toEqual(["With the AI", 1]);
    await expect(changeView(anna, mine.id, saved())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("drafts", () => {
  const draft = (text: string, clientId?: string) => ({ kind: "reply" as const, text, clientId });

  it("are kept for one operator and conversation, and found from another browser", async () => {
    const desk = await aDesk();
    const { anna, ben } = desk;
    const id = await asked(desk, { by: anna });
    await keepDraft(anna, id, draft("Dear"));
    await keepDraft(anna, id, draft("Dear Kim"));
    await keepDraft(anna, id, { kind: "note", text: "Ask billing" });
    expect((await draftsIn(anna, id)).map(({ kind, text }) => [kind, text])).toEqual([
      ["note", "Ask billing"],
      ["reply", "Dear Kim"],
    ]);
    expect((await listDrafts(anna, 10)).map(({ conversationId }) => conversationId)).toEqual([id, id]);
    expect([await draftsIn(ben, id), await listDrafts(ben, 10)]).toEqual([[], []]);
    await keepDraft(anna, id, draft("  "));
    expect((await draftsIn(anna, id)).map(({ kind }) => kind)).toEqual(["note"]);
  });

  it("end in the commit that sends them, and do not come back with a late keystroke", async () => {
    const desk = await aDesk();
    const { anna } = desk;
    const id = await asked(desk, { by: anna });
    await keepDraft(anna, id, draft("Dear Kim", "reply-1"));
    await keepDraft(anna, id, { kind: "note", text: "Ask billing" });
    await sendAsOperator(anna, id, { clientId: "reply-1", text: "Dear Kim", audience: "all" });
    expect((await draftsIn(anna, id)).map(({ kind }) => kind)).toEqual(["note"]);
    await keepDraft(anna, id, draft("Dear Kim", "reply-1"));
    await keepDraft(anna, id, draft("Dear Kim, one more", "reply-2"));
    expect((await draftsIn(anna, id)).map(({ text }) => text)).toEqual(["Ask billing", "Dear Kim, one more"]);
  });

  it("never outlive their message, however the last keystroke and the sending meet", async () => {
    const desk = await aDesk();
    const { anna } = desk;
    const id = await asked(desk, { by: anna });
    for (let n = 0; n < 12; n += 1) {
      const clientId = `race-${n}`;
      await Promise.all([
        keepDraft(anna, id, draft(`words ${n}`, clientId)),
        sendAsOperator(anna, id, { clientId, text: `words ${n}`, audience: "all" }),
      ]);
      expect(await draftsIn(anna, id)).toEqual([]);
    }
  });
});

describe("mentions", () => {
  const naming = (...mentions: string[]) => ({
    clientId: newId(),
    text: "Can you look?",
    audience: "operators" as const,
    mentions,
  });

  it("reach whom a note names, in the commit of the note, once and of the company only", async () => {
    const desk = await aDesk();
    const { anna, ben } = desk;
    const stranger = (await aDesk()).anna;
    const id = await asked(desk);
    const note = naming(ben.userId, ben.userId, anna.userId, stranger.userId);
    await sendAsOperator(anna, id, note);
    await sendAsOperator(anna, id, note);
    const { mentions, unread } = await listMentions(ben, { limit: 10 });
    expect([unread, mentions]).toMatchObject([
      1,
      [{ conversationId: id, text: "Can you look?", author: { name: anna.name } }],
    ]);
    expect((await listMentions(anna, { limit: 10 })).mentions).toEqual([]);
    expect((await listMentions(stranger, { limit: 10 })).mentions).toEqual([]);
  });

  it("come in pages and are read together with their conversation", async () => {
    const desk = await aDesk();
    const { anna, ben } = desk;
    const [first, second] = [await asked(desk), await asked(desk)];
    for (const id of [first, second, first]) await sendAsOperator(anna, id, naming(ben.userId));
    const page = await listMentions(ben, { limit: 2 });
    const rest = await listMentions(ben, { limit: 2, cursor: page.next });
    const shown = [...page.mentions, ...rest.mentions].map(({ conversationId }) => conversationId);
    expect([shown, rest.next]).toEqual([[first, second, first], undefined]);
    await readMentions(ben, first);
    expect((await listMentions(ben, { limit: 10 })).unread).toBe(1);
    await readMentions(ben, undefined);
    expect((await listMentions(ben, { limit: 10 })).unread).toBe(0);
  });

  it("are nobody's where the words go to the customer", async () => {
    const desk = await aDesk();
    const { anna, ben } = desk;
    const id = await asked(desk, { by: anna });
    await sendAsOperator(anna, id, { ...naming(ben.userId), audience: "all" });
    expect((await listMentions(ben, { limit: 10 })).mentions).toEqual([]);
  });
});

describe("a whisper", () => {
  async function observed(): Promise<Desk & { id: string }> {
    const desk = await aDesk();
    return { ...desk, id: await asked(desk, { by: desk.anna }) };
  }

  it("is said to the colleague who holds the conversation, once and never to the customer", async () => {
    const { anna, ben, id } = await observed();
    const before = await findConversation(anna, id);
    const words = { clientId: "w1", text: "Offer a voucher." };
    const [said, again] = [await whisper(ben, id, words), await whisper(ben, id, words)];
    expect([said.duplicate, again.duplicate, again.messageId]).toEqual([false, true, said.messageId]);
    const after = await findConversation(anna, id);
    expect([after.head, after.customerUnread, after.snippet, after.state]).toEqual([
      before.head + 1,
      before.customerUnread,
      before.snippet,
      "WITH_HUMAN",
    ]);
  });

  it("is refused where nobody holds it, or oneself does", async () => {
    const desk = await observed();
    const waiting = await asked(desk, { waiting: true });
    const words = { clientId: "w2", text: "Psst" };
    await expect(whisper(desk.ben, waiting, words)).rejects.toMatchObject({ code: "conflict" });
    await expect(whisper(desk.anna, desk.id, words)).rejects.toMatchObject({ code: "conflict" });
    await expect(whisper((await aDesk()).anna, desk.id, words)).rejects.toMatchObject({ code: "not_found" });
  });
});
