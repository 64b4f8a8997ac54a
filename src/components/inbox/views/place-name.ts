import type { Place } from "#components/inbox/use-place.ts";
import { viewNames } from "#components/inbox/words.ts";
import type { SavedView } from "#contracts/desk-tools";

type ListPlace = Omit<Place, "conversationId">;
type Named = { id: string; name: string };

/** Where a saved view leads. */
export function placeOfView({ filters: { view, ...filters } }: Pick<SavedView, "filters">): ListPlace {
  return { view, filters: clean(filters), mentions: false };
}

/** Says whether two places are the same list. */
export function samePlace(a: ListPlace, b: ListPlace): boolean {
  return keyOf(a) === keyOf(b);
}

/** What a list is called: the name under which it was saved, its team's, or its view's. */
export function placeName(place: ListPlace, views: readonly SavedView[], teams: readonly Named[]): string {
  if (place.mentions) return "Mentions";
  const saved = views.find((view) => samePlace(placeOfView(view), place));
  if (saved) return saved.name;
  const { teamId, ...others } = clean(place.filters);
  const team = teams.find(({ id }) => id === teamId);
  return team && Object.keys(others).length === 0 && place.view === "needs_response"
    ? team.name
    : viewNames[place.view];
}

function keyOf({ view, filters, mentions }: ListPlace): string {
  if (mentions) return "mentions";
  const there = Object.entries(clean(filters)).toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([view, there]);
}

function clean(filters: Place["filters"]): Place["filters"] {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
