import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NumberId } from "#contracts/analytics";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { rebuild } from "#services/analytics";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aHistory, type Line, narrow } from "#support/history";
import { aCountedCompany, type Counted, day, later, monday } from "./counted.ts";

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

describe("numbers", () => {
  it("are what their definitions say, counted on three conversations by hand", async () => {
    await counted.three();
    const found = await counted.numbers();
    const told = Object.fromEntries(
      NumberId.options.map((id) => [
        id,
        [found[id]?.total.value, found[id]?.total.p90, found[id]?.total.rows],
      ]),
    );
    expect(told).toEqual({
      conversations: [3, undefined, 3],
      out_of_hours: [0, undefined, 3],
      ai_involved: [2 / 3, undefined, 3],
      contained: [1 / 2, undefined, 2],
      deflected: [1 / 3, undefined, 3],
      person_involved: [1 / 3, undefined, 3],
      first_response: [4.5, 5, 2],
      first_response_ai: [4.5, 5, 2],
      first_response_person: [90, 90, 1],
      next_response_ai: [6, 6, 1],
      next_response_person: [undefined, undefined, 0],
      escalations: [1, undefined, 1],
      escalation_rate: [1 / 3, undefined, 3],
      handover_wait: [60, 60, 1],
      waits_left: [0, undefined, 1],
      resolutions: [2, undefined, 2],
      resolved_confirmed: [1 / 3, undefined, 3],
      resolved_assumed: [1 / 3, undefined, 3],
      resolution_lasted: [1, undefined, 2],
      resolution_time: [expect.closeTo((36 + 602) / 2, -1), expect.closeTo(600, -1), 2],
      rating_ai: [undefined, undefined, 0],
      rating_person: [undefined, undefined, 0],
      rating_answered: [undefined, undefined, 0],
      sla_kept: [undefined, undefined, 0],
      sla_broken: [0, undefined, 0],
      copilot_replies: [0, undefined, 0],
      copilot_accepted: [undefined, undefined, 0],
    });
  });

  it("rest on exactly the rows that are shown behind them", async () => {
    await counted.three();
    const found = await counted.numbers();
    for (const id of NumberId.options) {
      const rows = await counted.rowsOf(id);
      const { unit, total } = found[id] ?? {};
      expect([id, rows.length]).toEqual([id, total?.rows]);
      if (unit === "share") {
        const counting = rows.filter(({ counts }) => counts).length;
        expect([id, rows.length === 0 ? undefined : counting / rows.length]).toEqual([id, total?.value]);
      }
      if (unit === "duration") expect(rows.every(({ value }) => value !== undefined)).toBe(true);
    }
  });

  it("count a rating for the assistant or for a person, never for both", async () => {
    const { answered, passed } = await counted.three();
    await counted.rated(answered.conversationId, "ai", 5);
    await counted.rated(passed.conversationId, "human", 2, "Too slow");
    const found = await counted.numbers();
    expect([found.rating_ai?.total, found.rating_person?.total]).toEqual([
      { value: 5, rows: 1 },
      { value: 2, rows: 1 },
    ]);
    expect(await counted.rowsOf("rating_person")).toMatchObject([
      { value: 2, comment: "Too slow", customer: "Kim" },
    ]);
    expect(found.rating_answered?.total.value).toBe(1);
  });

  it("count promises and suggestions that other rooms have written down", async () => {
    const { passed } = await counted.three();
    await counted.promised(passed.conversationId, "first_response", { met: true });
    await counted.promised(passed.conversationId, "resolution", { met: false });
    await counted.suggested(passed.conversationId, ["used", "ignored"]);
    const found = await counted.numbers();
    expect(found.sla_kept?.total).toEqual({ value: 0.5, rows: 2 });
    expect(found.sla_broken?.total).toEqual({ value: 1, rows: 1 });
    expect(found.copilot_replies?.total).toEqual({ value: 1, rows: 1 });
    expect(found.copilot_accepted?.total).toEqual({ value: 1, rows: 1 });
  });

  it("lie on the days of the wall clock that is asked for", async () => {
    await aHistory(counted.company, new Date("2026-03-02T23:30:00.000Z"), [[0, "asks"]]);
    const dayOf = async (zone: string) =>
      (await counted.numbers({ zone })).conversations?.points.find(({ rows }) => rows > 0)?.from;
    expect(await dayOf("UTC")).toBe("2026-03-02");
    expect(await dayOf("Europe/Berlin")).toBe("2026-03-03");
  });

  it("stand beside those of the range before, point by point", async () => {
    await counted.three();
    const range = { from: "2026-03-03", to: "2026-03-03", compare: "previous" };
    const { conversations } = await counted.numbers(range);
    expect([conversations?.total.value, conversations?.previous?.value]).toEqual([1, 2]);
    expect(conversations?.previousPoints).toEqual([{ from: "2026-03-02", value: 2, rows: 2 }]);
  });

  it("are told week by week from Monday on, cut where the range ends", async () => {
    await counted.three();
    const { conversations } = await counted.numbers({ from: "2026-03-01", to: "2026-03-10", by: "week" });
    expect(conversations?.points.map(({ from, value }) => [from, value])).toEqual([
      ["2026-03-01", 0],
      ["2026-03-02", 3],
      ["2026-03-09", 0],
    ]);
  });

  it("are narrowed by channel, topic, tag, operator and hours", async () => {
    const { answered, passed } = await counted.three();
    await narrow(counted.company.companyId, answered.conversationId, {
      channel: "telegram",
      topic: "Billing",
      tags: ["vip"],
    });
    await rebuild(counted.company.companyId, later);
    const count = async (query: Record<string, unknown>) =>
      (await counted.numbers(query)).conversations?.total.value;
    expect(await count({ channel: "telegram" })).toBe(1);
    expect(await count({ topic: "Billing" })).toBe(1);
    expect(await count({ tag: "vip" })).toBe(1);
    expect(await count({ tag: "nobody" })).toBe(0);
    expect(await count({ operatorId: counted.anna.userId })).toBe(1);
    expect(await count({ agentId: counted.company.agentId })).toBe(3);
    expect([await count({ hours: "in" }), await count({ hours: "out" })]).toEqual([3, 0]);
    expect(await counted.rowsOf("conversations", { operatorId: counted.anna.userId })).toMatchObject([
      { conversationId: passed.conversationId },
    ]);
  });

  it("know office hours, and which seconds lie within them", async () => {
    await withCompany(counted.company.companyId, (tx) =>
      tx.officeHours.create({
        data: {
          id: newId(),
          companyId: counted.company.companyId,
          name: "Office",
          isDefault: true,
          schedule: officeHours,
        },
      }),
    );
    // Asked half an hour before closing, answered an hour after opening.
    await aHistory(counted.company, new Date("2026-03-02T15:30:00.000Z"), [
      [0, "asks"],
      [17.5 * 60 * 60, "agent"],
    ]);
    await aHistory(counted.company, new Date("2026-03-02T22:00:00.000Z"), [
      [0, "asks"],
      [60, "agent"],
    ]);
    const wall = await counted.numbers({ hours: "in" });
    const office = await counted.numbers({ hours: "in", clock: "office" });
    expect(wall.first_response?.total.value).toBeCloseTo(17.5 * 60 * 60, -3);
    expect(office.first_response?.total.value).toBeCloseTo(1.5 * 60 * 60, -2);
    expect((await counted.numbers()).out_of_hours?.total.value).toBe(0.5);
    expect((await counted.numbers({ hours: "out" })).first_response?.total.value).toBe(60);
  });
});

describe("what lasted", () => {
  const solved: Line[] = [
    [0, "asks"],
    [5, "agent"],
  ];

  it("is not known before seven days are over", async () => {
    await aHistory(counted.company, monday, solved);
    const asKnown = (days: number) => counted.numbers({}, new Date(monday.getTime() + days * day * 1_000));
    expect((await asKnown(3)).resolution_lasted?.total).toEqual({ value: undefined, rows: 0 });
    expect((await asKnown(8)).resolution_lasted?.total).toEqual({ value: 1, rows: 1 });
  });

  it("did not last where the customer came back with another conversation", async () => {
    const { contactId } = await aHistory(counted.company, monday, solved);
    const again = await aHistory(counted.company, new Date(monday.getTime() + 3 * day * 1_000), [
      [0, "asks"],
    ]);
    await narrow(counted.company.companyId, again.conversationId, { contactId });
    expect((await counted.numbers()).resolution_lasted?.total).toEqual({ value: 0, rows: 1 });
  });
});

const nine = [{ from: "08:00", to: "16:00" }];
const officeHours = {
  timeZone: "UTC",
  week: {
    monday: nine,
    tuesday: nine,
    wednesday: nine,
    thursday: nine,
    friday: nine,
    saturday: [],
    sunday: [],
  },
  holidays: [],
};
