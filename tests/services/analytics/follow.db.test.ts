import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ReportQuery } from "#contracts/analytics";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { followAll, followCompany, rebuild, report } from "#services/analytics";
import { append, findConversation } from "#services/conversations";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase, othersCommitted } from "#support/database";
import { aHistory, type Line } from "#support/history";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
let anna: OperatorWho;

const beginning = new Date("2026-03-02T10:30:00.000Z");
const later = new Date("2026-03-20T10:30:00.000Z");
const march = ReportQuery.parse({
  from: "2026-03-01",
  to: "2026-03-31",
  numbers: "conversations,next_response_ai",
});

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  company = await aCompany();
  anna = await anOperator(company.companyId);
});

const answered: Line[] = [
  [0, "asks"],
  [4, "agent"],
  [30, "asks"],
  [36, "agent"],
];

/** Everything that is counted of the company, row by row. */
async function allFacts(): Promise<unknown[]> {
  const tables = ["conversation_fact", "response_fact", "wait_fact", "resolution_fact"];
  const found = await Promise.all(
    tables.map((table) =>
      read(
        company.companyId,
        `SELECT to_jsonb(f) AS fact FROM ${table} f WHERE company_id = $1 ORDER BY f::text`,
        [company.companyId],
      ),
    ),
  );
  return found.flat();
}

describe("facts", () => {
  it("follow the log as it grows, and are the same when they are all made again", async () => {
    const { conversationId } = await aHistory(company, beginning, answered.slice(0, 3));
    await followCompany(company.companyId, { now: later });
    const before = await findConversation(company, conversationId);
    await append(before, {
      now: new Date(beginning.getTime() + 36_000),
      messages: [{ author: { kind: "agent" }, text: "There." }],
    });
    await othersCommitted();
    await followCompany(company.companyId, { now: later });
    const followed = await allFacts();
    expect(followed.length).toBe(4);
    await rebuild(company.companyId, later);
    expect(await allFacts()).toEqual(followed);
  });

  it("are made once when several processes make them at once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => aHistory(company, beginning, answered)));
    await Promise.all(Array.from({ length: 4 }, () => followCompany(company.companyId, { now: later })));
    await followCompany(company.companyId, { now: later });
    const { numbers } = await report(company, march, later);
    expect(numbers.map(({ total }) => total.rows)).toEqual([6, 6]);
  });

  it("of a page that was broken off are made by whoever comes next", async () => {
    await aHistory(company, beginning, answered);
    await followCompany(company.companyId, { now: later });
    const { conversationId } = await aHistory(company, beginning, answered);
    await withCompany(company.companyId, async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM analytics_cursor WHERE company_id = ${company.companyId}::uuid FOR UPDATE`;
      // Whoever holds the place is passed by, and dies with nothing written.
      await followCompany(company.companyId, { now: later });
      throw new Error("power cut");
    }).catch(() => undefined);
    const known = () =>
      read(company.companyId, "SELECT 1 FROM conversation_fact WHERE conversation_id = $1", [conversationId]);
    expect(await known()).toHaveLength(0);
    await followAll(later);
    expect(await known()).toHaveLength(1);
  });

  it("that only time can tell are told when it has passed, without a new word", async () => {
    await aHistory(company, beginning, answered.slice(0, 2));
    await followCompany(company.companyId, { now: new Date(beginning.getTime() + 60_000) });
    const solved = () => read(company.companyId, "SELECT solved FROM conversation_fact");
    expect(await solved()).toEqual([{ solved: null }]);
    await followAll(later);
    expect(await solved()).toEqual([{ solved: "assumed" }]);
  });

  it("of conversations that are gone are gone with them", async () => {
    const { conversationId } = await aHistory(company, beginning, answered);
    await followCompany(company.companyId, { now: later });
    await withCompany(company.companyId, (tx) => tx.conversation.delete({ where: { id: conversationId } }));
    expect(await allFacts()).toEqual([]);
  });

  it("are made once of what is read again, and anew of what comes after", async () => {
    const { conversationId } = await aHistory(company, beginning, answered);
    const written = async () => {
      await followCompany(company.companyId, { now: later });
      const [fact] = await read<{ writing: string; head: number }>(
        company.companyId,
        "SELECT xmin::text AS writing, head FROM conversation_fact WHERE company_id = $1",
        [company.companyId],
      );
      return fact;
    };
    const first = await written();
    await withCompany(company.companyId, (tx) => tx.analyticsCursor.updateMany({ data: { since: 0n } }));
    expect(await written()).toEqual(first);

    const conversation = await findConversation(company, conversationId);
    await append(conversation, {
      now: later,
      messages: [{ author: { kind: "customer" }, text: "And then?" }],
    });
    await othersCommitted();
    expect(await written()).toMatchObject({ head: Number(first?.head) + 1 });
  });

  it("of another company are never read", async () => {
    await aHistory(company, beginning, answered);
    await followCompany(company.companyId, { now: later });
    const { numbers } = await report(await aCompany(), march, later);
    expect(numbers.map(({ total }) => total.rows)).toEqual([0, 0]);
  });
});

describe("a report", () => {
  it("tells what happened a moment ago, although most of it is remembered", async () => {
    await aHistory(company, beginning, answered);
    const count = async () => (await report(company, march, later)).numbers[0]?.total.value;
    expect(await count()).toBe(1);
    expect(await count()).toBe(1);
    await aHistory(company, beginning, [[0, "asks"]]);
    expect(await count()).toBe(2);
  });

  it("says until when it counts, and whose clock it keeps", async () => {
    const found = await report(company, march, later);
    expect(found).toMatchObject({ asOf: later.toISOString(), zone: "UTC", hasHours: false, filling: false });
  });
});

it("counts a person's wait from the queue to the acceptance, with the rule that called them", async () => {
  await aHistory(company, beginning, [
    [0, "asks"],
    [10, { move: "escalate", state: "WAITING_HUMAN", reason: "keyword", rule: "Refunds" }],
    [70, { move: "accept", state: "WITH_HUMAN", by: anna }],
  ]);
  await followCompany(company.companyId, { now: later });
  const [wait] = await read(
    company.companyId,
    "SELECT seconds, rule_name, outcome, operator_id FROM wait_fact",
  );
  expect(wait).toEqual({ seconds: 60, rule_name: "Refunds", outcome: "accepted", operator_id: anna.userId });
});
