import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { type Append, append, findConversation, type Told, tellConversations } from "#services/conversations";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const beginning = new Date("2026-03-02T10:00:00.000Z");
const at = (minutes: number) => new Date(beginning.getTime() + minutes * 60_000);

type Person = { userId: string; name: string };

/** A conversation with everything in it that can be told. */
function stepsWith({ userId: id, name }: Person): Append[] {
  const customer = { author: { kind: "customer" as const, name: "Kim" } };
  const by = { kind: "operator" as const, id, name };
  const decision = {
    phase: "before_answer" as const,
    outcome: "escalate" as const,
    reason: "keyword" as const,
    sentence: "The message has the keyword “lawyer”.",
    trace: [],
    signals: { messages: 1 },
    versions: { rules: 1 },
  };
  const packet = { reason: "keyword" as const, sentence: "Lawyer", summary: "A lawyer", tried: [] };
  const scope = { note: "Settled", topics: [], by: { id, name }, at: at(9).toISOString() };
  return [
    { now: at(0), messages: [{ ...customer, text: "Where  is my\nparcel?" }] },
    {
      now: at(1),
      messages: [
        {
          author: { kind: "agent", name: "Nori" },
          text: "On its way.",
          answer: { runId: newId(), confidence: 0.8, outcome: "complete" },
        },
      ],
      decisions: [{ ...decision, outcome: "none" }],
    },
    { now: at(2), messages: [{ ...customer, text: "My lawyer will write." }] },
    {
      now: at(3),
      change: {
        move: "escalate",
        state: "WAITING_HUMAN",
        waitingSince: at(3),
        reason: "keyword",
        note: "Lawyer",
      },
      attributes: { language: "en" },
      decisions: [decision],
      escalation: { reason: "keyword", sentence: "Lawyer", packet },
      messages: [{ author: { kind: "system" }, text: "Please wait.", notice: { kind: "escalated" } }],
    },
    {
      now: at(5),
      change: { move: "accept", state: "WITH_HUMAN", operatorId: id, operatorName: name, by },
      acceptedBy: id,
      by,
    },
    { now: at(6), messages: [{ author: by, text: "Angry: be quick.", audience: "operators" }] },
    { now: at(7), messages: [{ author: by, text: "It is there tomorrow." }] },
    { now: at(8), attributes: { addTags: ["delivery", "vip"] }, by },
    { now: at(9), change: { move: "handBack", state: "ACTIVE", by }, attributes: { scope }, by },
    { now: at(10), change: { move: "resolve", state: "RESOLVED", closedAt: at(10) } },
    {
      now: at(90),
      change: { move: "reopen", state: "ACTIVE" },
      messages: [{ ...customer, text: "Thanks!" }],
    },
  ];
}

function toldWith(agentId: string, steps: Append[]): Told {
  const contact = { id: newId(), name: "Kim" };
  const place = { channel: "web" as const, topic: "General", began: beginning };
  return { id: newId(beginning.getTime()), agentId, agentName: "Nori", contact, ...place, steps };
}

describe("telling a conversation", () => {
  it("leaves the rows that appending its steps one by one leaves", async () => {
    const company = await aCompany();
    const steps = stepsWith(await anOperator(company.companyId));
    const { conversationId: appended } = await aConversation(company);
    for (const step of steps) {
      const before = await findConversation({ companyId: company.companyId }, appended);
      expect((await append(before, step)).outcome).toBe("done");
    }

    const told = toldWith(company.agentId, steps);
    await withCompany(company.companyId, (tx) => tellConversations(tx, company.companyId, [told]));

    expect(await rowsOf(company.companyId, told.id)).toEqual(await rowsOf(company.companyId, appended));
  });

  it("refuses a move that the table of moves does not hold, and keeps nothing", async () => {
    const company = await aCompany();
    const accept: Append = {
      now: at(0),
      change: { move: "accept", state: "WITH_HUMAN", operatorId: newId() },
    };
    const told = toldWith(company.agentId, [accept]);
    await expect(
      withCompany(company.companyId, (tx) => tellConversations(tx, company.companyId, [told])),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await read(company.companyId, "SELECT id FROM contact WHERE id = $1", [told.contact.id])).toEqual(
      [],
    );
  });
});

const generated = ["id", "company_id", "conversation_id", "contact_id", "txid", "thread_id"];
// Told words count as read by their customer, and a told conversation began when it says so.
const apart = ["customer_read", "customer_unread", "created_at"];

async function rowsOf(companyId: string, id: string) {
  const [conversation = {}] = await read(companyId, "SELECT * FROM conversation WHERE id = $1", [id]);
  const log = await Promise.all(
    ["event", "message", "decision", "escalation"].map((table) =>
      read(companyId, `SELECT * FROM ${table} WHERE conversation_id = $1`, [id]),
    ),
  );
  const inOrder = log.map((rows) => rows.map((row) => JSON.stringify(without(row, generated))).sort());
  return { conversation: without(conversation, [...generated, ...apart]), log: inOrder };
}

function without(row: Record<string, unknown>, names: string[]) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
