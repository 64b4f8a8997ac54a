import { describe, expect, it } from "vitest";
import { isListed } from "#components/inbox/data/rows.ts";
import { hrefOf, placeOf } from "#components/inbox/use-place.ts";
import { placeName, placeOfView, samePlace } from "#components/inbox/views/place-name.ts";
import { conversations } from "#support/inbox-data";
import { savedViews, teams } from "#support/inbox-desk";
import { idOf } from "#support/inbox-ids";

const at = (href: string) => {
  const { pathname, searchParams } = new URL(href, "http://inbox");
  return placeOf(pathname, searchParams);
};

describe("the address of a place", () => {
  it("leads back to the same place", () => {
    for (const place of [
      { view: "needs_response", filters: {}, mentions: false, conversationId: undefined },
      { view: "all", filters: { tag: "vip", teamId: idOf(1) }, mentions: false, conversationId: idOf(2) },
    ] as const) {
      expect(at(hrefOf(place))).toEqual(place);
    }
    expect(at(hrefOf({ view: "all", filters: {}, mentions: true })).mentions).toBe(true);
  });

  it("is forgiven what it says wrongly", () => {
    expect(at("/inbox?view=nonsense&teamId=nonsense")).toMatchObject({ view: "needs_response", filters: {} });
  });
});

describe("a list", () => {
  it("is called by the name under which it was saved, or by its team", () => {
    const [saved] = savedViews;
    const [team] = teams;
    if (!saved || !team) throw new Error("There is nothing to name.");
    expect(placeName(placeOfView(saved), savedViews, teams)).toBe("VIPs");
    const ofTeam = { view: "needs_response", filters: { teamId: team.id }, mentions: false } as const;
    expect(placeName(ofTeam, savedViews, teams)).toBe("Returns");
    expect(placeName({ ...ofTeam, filters: {} }, savedViews, teams)).toBe("Needs response");
    expect(samePlace(ofTeam, { ...ofTeam, filters: { ...ofTeam.filters, tag: undefined } })).toBe(true);
  });

  it("holds what every one of its filters allows", () => {
    const [first] = conversations(1, Date.now());
    if (!first) throw new Error("There is no conversation to try.");
    const row = { ...first.row, attributes: { ...first.row.attributes, tags: ["vip"], teamId: idOf(1) } };
    const listed = (filters: Parameters<typeof isListed>[0]["filters"]) =>
      isListed({ view: "all", filters }, row, "me");
    expect(listed({ tag: "vip", teamId: idOf(1), channel: row.channel })).toBe(true);
    expect(listed({ tag: "vip", teamId: idOf(2) })).toBe(false);
    expect(listed({ tag: "refund" })).toBe(false);
    expect(listed({ operatorId: "op-anna" })).toBe(false);
    expect(listed({ snoozed: "only" })).toBe(false);
    expect(listed({ snoozed: "without" })).toBe(true);
  });
});
