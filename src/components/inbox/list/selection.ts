/** Which conversations of a list are chosen together, and from which one a range goes on. */
export type Selection = { ids: ReadonlySet<string>; anchor?: string | undefined };

export const nothingChosen: Selection = { ids: new Set() };

/** The most that one bulk action takes. */
export const mostChosen = 100;

/** Chooses a conversation, or no longer. */
export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < mostChosen) next.add(id);
  return { ids: next, anchor: id };
}

/** Chooses all from the last one that was pressed to this one, in the order of the list. */
export function extend({ ids, anchor }: Selection, id: string, order: readonly string[]): Selection {
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggle({ ids: without(ids, id) }, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  // From the anchor outwards, so that a range too long ends where it was pulled to.
  const outwards = from <= to ? range : range.toReversed();
  const all = [...new Set([...ids, ...outwards])];
  return { ids: new Set(all.slice(0, mostChosen)), anchor };
}

/** What of a choice still stands in the list. */
export function kept({ ids, anchor }: Selection, order: readonly string[]): Selection {
  const there = new Set(order);
  return { ids: new Set([...ids].filter((id) => there.has(id))), anchor };
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}
