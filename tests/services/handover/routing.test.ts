import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Desk, route, type Waiting } from "#services/handover";

const now = 1_000_000_000;
const minute = 60_000;
const settings = { lastOperatorFirst: true, overflowAfterSeconds: 300 };

function desk(
  id: string,
  over: Partial<Omit<Desk, "skills" | "teams">> & { skills?: Record<string, number>; teams?: string[] } = {},
): Desk {
  const { skills = {}, teams = [], ...rest } = over;
  return {
    id,
    here: true,
    capacity: 3,
    load: 0,
    languages: [],
    lastGivenAt: 0,
    ...rest,
    skills: new Map(Object.entries(skills)),
    teams: new Set(teams),
  };
}

function waits(id: string, over: Partial<Waiting> = {}): Waiting {
  return {
    id,
    since: now - minute,
    teamId: undefined,
    skills: [],
    language: undefined,
    lastOperatorId: undefined,
    ...over,
  };
}

const whoGets = (waiting: Waiting[], staff: Desk[], over = {}) =>
  Object.fromEntries(
    route(waiting, staff, { ...settings, ...over }, now).map(({ conversationId, operatorId }) => [
      conversationId,
      operatorId,
    ]),
  );

describe("who gets what waits", () => {
  it("is whoever is least busy for what they can take", () => {
    const staff = [desk("a", { capacity: 2, load: 1 }), desk("b", { capacity: 10, load: 3 })];
    expect(whoGets([waits("one")], staff)).toEqual({ one: "b" });
  });

  it("is nobody who is away, full, or takes none", () => {
    const staff = [desk("a", { here: false }), desk("b", { load: 3 }), desk("c", { capacity: 0 })];
    expect(whoGets([waits("one")], staff)).toEqual({});
  });

  it("goes round among those who are equally busy", () => {
    const staff = [
      desk("a", { lastGivenAt: 5 }),
      desk("b", { lastGivenAt: 2 }),
      desk("c", { lastGivenAt: 9 }),
    ];
    const three = ["one", "two", "three"].map((id) => waits(id));
    expect(whoGets(three, staff)).toEqual({ one: "b", two: "a", three: "c" });
  });

  it("is the customer's last operator, however busy, while they have room", () => {
    const staff = [desk("a"), desk("b", { load: 2 })];
    const one = waits("one", { lastOperatorId: "b" });
    expect(whoGets([one], staff)).toEqual({ one: "b" });
    expect(whoGets([one], staff, { lastOperatorFirst: false })).toEqual({ one: "a" });
    expect(whoGets([one], [desk("a"), desk("b", { load: 3 })])).toEqual({ one: "a" });
  });

  it("is of the team, speaks the language and has every skill at its level", () => {
    const fits = { teams: ["t"], languages: ["de"], skills: { billing: 3, refunds: 1 } };
    const staff = [
      desk("a", { ...fits, teams: [] }),
      desk("b", { ...fits, languages: ["en"] }),
      desk("c", { ...fits, skills: { billing: 2, refunds: 5 } }),
      desk("d", { ...fits, load: 2 }),
    ];
    const needs = {
      teamId: "t",
      language: "de",
      skills: [
        { name: "billing", level: 3 },
        { name: "refunds", level: 1 },
      ],
    };
    expect(whoGets([waits("one", needs)], staff)).toEqual({ one: "d" });
  });

  it("waits for the right one only until it has waited for too long", () => {
    const staff = [desk("a"), desk("b", { here: false, skills: { billing: 1 } })];
    const needs = { skills: [{ name: "billing", level: 1 }] };
    expect(whoGets([waits("one", needs)], staff)).toEqual({});
    expect(whoGets([waits("one", { ...needs, since: now - 6 * minute })], staff)).toEqual({ one: "a" });
    const never = { overflowAfterSeconds: null };
    expect(whoGets([waits("one", { ...needs, since: now - 600 * minute })], staff, never)).toEqual({});
  });

  it("does not wait for what nobody of the company could meet", () => {
    const needs = { teamId: "empty", language: "fi", skills: [{ name: "falconry", level: 1 }] };
    const staff = [desk("a", { languages: ["en"], teams: ["t"] })];
    expect(whoGets([waits("one", needs)], staff, { overflowAfterSeconds: null })).toEqual({ one: "a" });
  });

  it("still prefers who fits best after it has waited for too long", () => {
    const staff = [
      desk("a"),
      desk("b", { load: 2, teams: ["t"] }),
      desk("c", { here: false, teams: ["t"], skills: { x: 1 } }),
    ];
    const late = waits("one", { since: now - 6 * minute, teamId: "t", skills: [{ name: "x", level: 1 }] });
    expect(whoGets([late], staff)).toEqual({ one: "b" });
  });

  it("keeps nobody waiting behind somebody who waits for a specialist", () => {
    const staff = [desk("a"), desk("b", { here: false, skills: { billing: 1 } })];
    const queue = [waits("one", { skills: [{ name: "billing", level: 1 }] }), waits("two")];
    expect(whoGets(queue, staff)).toEqual({ two: "a" });
  });
});

describe("any queue and any staff", () => {
  const skills = ["billing", "refunds", "tents"];
  const aDesk = fc.record({
    here: fc.boolean(),
    capacity: fc.integer({ min: 0, max: 4 }),
    load: fc.integer({ min: 0, max: 5 }),
    languages: fc.subarray(["de", "en"]),
    skills: fc.dictionary(fc.constantFrom(...skills), fc.integer({ min: 1, max: 5 })),
    teams: fc.subarray(["t", "u"]),
    lastGivenAt: fc.integer({ min: 0, max: 10 }),
  });
  const aWait = fc.record({
    since: fc.integer({ min: now - 20 * minute, max: now }),
    teamId: fc.option(fc.constantFrom("t", "u"), { nil: undefined }),
    language: fc.option(fc.constantFrom("de", "en", "fi"), { nil: undefined }),
    skills: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...skills), level: fc.integer({ min: 1, max: 5 }) }),
      { selector: ({ name }) => name },
    ),
    lastOperatorId: fc.option(fc.constantFrom("p0", "p1"), { nil: undefined }),
  });

  it("are matched without anybody above their room, nothing twice, and nobody free left who could help", () => {
    fc.assert(
      fc.property(fc.array(aDesk, { maxLength: 6 }), fc.array(aWait, { maxLength: 12 }), (people, queue) => {
        const staff = people.map((one, at) => desk(`p${at}`, one));
        const waiting = queue.map((one, at) => waits(`w${at}`, one)).sort((a, b) => a.since - b.since);
        const before = JSON.stringify(staff.map(({ load }) => load));

        const decisions = route(waiting, staff, settings, now);

        expect(JSON.stringify(staff.map(({ load }) => load))).toBe(before);
        const ids = decisions.map(({ conversationId }) => conversationId);
        expect(new Set(ids).size).toBe(ids.length);
        const loads = new Map(staff.map(({ id, load }) => [id, load]));
        for (const { operatorId } of decisions) loads.set(operatorId, (loads.get(operatorId) ?? 0) + 1);
        for (const { id, capacity, load, here } of staff) {
          const given = (loads.get(id) ?? 0) - load;
          if (given > 0) expect([here, load + given <= capacity]).toEqual([true, true]);
        }
        const free = staff.filter(({ id, here, capacity }) => here && (loads.get(id) ?? 0) < capacity);
        const late = waiting.filter(({ since }) => now - since >= 300_000);
        if (free.length > 0) expect(late.filter(({ id }) => !ids.includes(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
