import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ReportQuery, RowsQuery, RowsTableQuery } from "#contracts/analytics";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import {
  breakdown,
  factRows,
  filterChoices,
  followCompany,
  heatmap,
  rebuild,
  report,
  reportCsv,
  rowsCsv,
} from "#services/analytics";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aHistory, narrow } from "#support/history";
import { aCountedCompany, type Counted, later, march, monday } from "./counted.ts";

let database: FreshDatabase;
let counted: Counted;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  counted = await aCountedCompany();
});

describe("parts", () => {
  it("are told by rule, with its name, the largest first", async () => {
    for (const rule of ["Refunds", "Lawyers", "Refunds"])
      await aHistory(counted.company, monday, counted.escalated(rule));
    await followCompany(counted.company.companyId, { now: later });
    const query = RowsQuery.parse({ ...march, number: "escalations", by: "rule" });
    const { parts } = await breakdown(counted.company, { ...query, by: "rule" }, later);
    expect(parts.map(({ label, value }) => [label, value])).toEqual([
      ["Refunds", 2],
      ["Lawyers", 1],
    ]);
    expect(await counted.rowsOf("escalations", { by: "rule", part: "Lawyers" })).toHaveLength(1);
  });

  it("name operators, and leave what has none apart", async () => {
    await counted.three();
    await followCompany(counted.company.companyId, { now: later });
    const { parts } = await breakdown(
      counted.company,
      { ...RowsQuery.parse({ ...march, number: "conversations" }), by: "operator" },
      later,
    );
    expect(parts.map(({ key, label, value }) => [key, label, value])).toEqual([
      ["", "", 2],
      [counted.anna.userId, "Anna", 1],
    ]);
  });

  it("are refused for a number that has none, in a sentence", async () => {
    const query = { ...RowsQuery.parse({ ...march, number: "conversations" }), by: "rule" as const };
    await expect(breakdown(counted.company, query, later)).rejects.toMatchObject({ code: "invalid" });
  });

  it("lie over the hours of the week on the wall clock", async () => {
    await counted.three();
    await followCompany(counted.company.companyId, { now: later });
    const { cells } = await heatmap(
      counted.company,
      { ...RowsQuery.parse({ ...march, zone: "Europe/Berlin" }) },
      later,
    );
    expect([cells[0]?.[11], cells[1]?.[11], cells.flat().reduce((sum, each) => sum + each)]).toEqual([
      2, 1, 3,
    ]);
    expect(
      await counted.rowsOf("conversations", { zone: "Europe/Berlin", weekday: 1, hour: 11 }),
    ).toHaveLength(1);
  });
});

describe("rows", () => {
  it("come page by page, newest or largest first, each once", async () => {
    for (let n = 0; n < 5; n += 1)
      await aHistory(counted.company, monday, [
        [0, "asks"],
        [10 + n, "agent"],
      ]);
    await followCompany(counted.company.companyId, { now: later });
    for (const sort of ["newest", "largest"] as const) {
      const seen: (number | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await factRows(
          counted.company,
          RowsQuery.parse({ ...march, number: "first_response_ai", sort, limit: 2, cursor }),
          later,
        );
        seen.push(...page.rows.map(({ value }) => value));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen.toSorted()).toEqual([10, 11, 12, 13, 14]);
      if (sort === "largest") expect(seen).toEqual([14, 13, 12, 11, 10]);
    }
  });
});

describe("the table for spreadsheets", () => {
  it("has a line a day, and no field that a spreadsheet would run", async () => {
    await counted.three();
    const found = await report(
      counted.company,
      ReportQuery.parse({ from: "2026-03-02", to: "2026-03-03" }),
      later,
    );
    const number = found.numbers[0];
    if (number === undefined) throw new Error("no number");
    const lines = reportCsv({ ...found, numbers: [{ ...number, name: '=1+1,"x"' }] }).split("\r\n");
    expect(lines).toEqual([
      'Date,"\'=1+1,""x"""',
      "2026-03-02,2",
      "2026-03-03,1",
      "2026-03-02 to 2026-03-03 (UTC),3",
      "",
    ]);
  });
});

describe("the rows behind a number, for spreadsheets", () => {
  const baseUrl = "https://help.example";
  const table = (query: Record<string, unknown>) =>
    rowsCsv(counted.company, RowsTableQuery.parse({ ...march, ...query }), { baseUrl, now: later });

  it("are the very rows that the number rests on, each with the way to its conversation", async () => {
    const { passed } = await counted.three();
    await followCompany(counted.company.companyId, { now: later });
    const [head, row, ...rest] = (await table({ number: "handover_wait", zone: "Europe/Berlin" })).split(
      "\r\n",
    );
    expect(head).toBe(
      "Time (Europe/Berlin),Customer,Channel,Topic,State,Operator,Seconds,Last words,Conversation",
    );
    expect(row).toBe(
      `2026-03-03 11:30:20,Kim,web,General,RESOLVED,Anna,60,Let me look.,${baseUrl}/inbox/${passed.conversationId}`,
    );
    expect(rest).toEqual([""]);
  });

  it("say which of them count towards a share, and carry remarks that a spreadsheet does not run", async () => {
    const { answered } = await counted.three();
    await counted.rated(answered.conversationId, "ai", 5, "=1+1");
    await followCompany(counted.company.companyId, { now: later });
    expect(await table({ number: "rating_ai" })).toContain(",5,'=1+1,");
    const contained = await table({ number: "contained" });
    expect(contained.match(/,yes,/g)).toHaveLength(1);
    expect(contained.match(/,no,/g)).toHaveLength(1);
  });

  it("are narrowed as the page is", async () => {
    await counted.three();
    await followCompany(counted.company.companyId, { now: later });
    const lines = async (query: Record<string, unknown>) => (await table(query)).split("\r\n").length - 2;
    expect(await lines({ number: "conversations" })).toBe(3);
    expect(await lines({ number: "conversations", weekday: 1 })).toBe(1);
    expect(await lines({ number: "conversations", channel: "telegram" })).toBe(0);
  });
});

describe("what is promised", () => {
  it("stands beside the durations it speaks of, the tightest first, and only where the policy could hold", async () => {
    const { companyId } = counted.company;
    await aPolicy(companyId, "Everyone", {}, { firstResponse: 30, nextResponse: 60 });
    await aPolicy(companyId, "Chat", { channels: ["web"] }, { firstResponse: 10 });
    const numbers = await counted.numbers();
    const told = (id: string) => numbers[id]?.targets?.map(({ value, policies }) => [value, policies]);
    expect(told("first_response_person")).toEqual([
      [600, ["Chat"]],
      [1_800, ["Everyone"]],
    ]);
    expect(told("next_response_person")).toEqual([[3_600, ["Everyone"]]]);
    expect(told("first_response_ai")).toBeUndefined();
    expect(told("sla_kept")?.[0]?.[0]).toBe(1);
    const elsewhere = await counted.numbers({ channel: "whatsapp" });
    expect(elsewhere.first_response_person?.targets?.map(({ policies }) => policies)).toEqual([["Everyone"]]);
    expect(elsewhere.sla_kept?.targets).toEqual([{ value: 1, policies: ["Everyone"], inHours: false }]);
  });

  it("is nothing of the share that was kept where no policy promises anything", async () => {
    const { sla_kept: kept } = await counted.numbers();
    expect(kept?.targets).toBeUndefined();
  });
});

async function aPolicy(companyId: string, name: string, match: object, targets: object): Promise<void> {
  const hours = { kind: "always" };
  await withCompany(companyId, (tx) =>
    tx.slaPolicy.create({ data: { id: newId(), companyId, name, match, targets, hours } }),
  );
}

it("offers to narrow by what there is", async () => {
  const { answered } = await counted.three();
  await narrow(counted.company.companyId, answered.conversationId, { topic: "Billing", tags: ["vip"] });
  await rebuild(counted.company.companyId, later);
  const choices = await filterChoices(counted.company, later);
  expect(choices).toMatchObject({ channels: ["web"], topics: ["General", "Billing"], tags: ["vip"] });
  expect(choices.operators.map(({ name }) => name)).toEqual(["Anna"]);
});
