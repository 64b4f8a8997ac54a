import { describe, expect, it } from "vitest";
import { belongs, compareRows, placeRow } from "#components/inbox/data/rows.ts";
import { conversations, countsOf } from "#support/inbox-data";

const now = Date.parse("2026-11-20T12:00:00Z");
const rows = conversations(12, now).map(({ row }) => row);
const counts = countsOf({});
const all = { view: "all", filters: {} } as const;

describe("the order of a view", () => {
  it("puts who waits for a person above all others", () => {
    const states = rows
      .toSorted((a, b) => compareRows({ view: "all" }, a, b))
      .map(({ state }) => state.state === "WAITING_HUMAN");
    expect(states.lastIndexOf(true)).toBeLessThan(states.indexOf(false));
  });

  it("begins with who waits longest among those that need a response", () => {
    const waiting = rows.filter((row) => belongs("needs_response", row, "x") && row.escalatedAt);
    const since = waiting
      .toSorted((a, b) => compareRows({ view: "needs_response" }, a, b))
      .map(({ escalatedAt }) => escalatedAt ?? "");
    expect(since).toEqual(since.toSorted());
  });

  it("by promise begins with the one that ends first, and ends with who was promised nothing", () => {
    const promised = (at: string) => ({ kind: "first_response" as const, since: at, warnAt: at, at });
    const [late, soon, ...bare] = rows.slice(0, 4).map((row, place) => ({
      ...row,
      attributes: {
        ...row.attributes,
        due: [promised("2026-11-20T13:00:00.000Z"), promised("2026-11-20T12:05:00.000Z")][place],
      },
    }));
    const sorted = [...bare, late, soon]
      .flatMap((row) => (row ? [row] : []))
      .toSorted((a, b) => compareRows({ view: "needs_response", sort: "due" }, a, b));
    expect(sorted.slice(0, 2).map(({ id }) => id)).toEqual([soon?.id, late?.id]);
  });
});

describe("placing a row", () => {
  const sorted = rows.toSorted((a, b) => compareRows({ view: "all" }, a, b));
  const pageOf = (part: typeof rows, next?: string) => ({ rows: part, next, counts, cursor: "o1" });
  const last = sorted.at(-1);
  if (!last) throw new Error("There are no rows to try.");

  it("leaves what belongs behind the last fetched page to the next page", () => {
    const list = { pages: [pageOf(sorted.slice(0, 4), "4")], pageParams: [undefined] };
    expect(placeRow(all, list, last, "me").pages[0]?.rows).toHaveLength(4);
  });

  it("takes it in when everything was fetched", () => {
    const list = { pages: [pageOf(sorted.slice(0, 4))], pageParams: [undefined] };
    expect(placeRow(all, list, last, "me").pages[0]?.rows.at(-1)?.id).toBe(last.id);
  });

  it("never shows one conversation twice, whatever page it moves to", () => {
    const list = {
      pages: [pageOf(sorted.slice(0, 6), "6"), pageOf(sorted.slice(6))],
      pageParams: [undefined, "6"],
    };
    const moved = { ...last, lastMessageAt: new Date(now + 1_000).toISOString() };
    const ids = placeRow(all, list, moved, "me").pages.flatMap((page) => page.rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(last.id);
  });
});
