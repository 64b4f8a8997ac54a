"use client";

import { useMemo } from "react";
import type { ListRef } from "#components/inbox/data/rows.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Place } from "#components/inbox/use-place.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { dueViews, ListSort } from "#contracts/operator";

export type Sort = { by: ListSort; set: (by: ListSort) => void; turn: () => void };

/** How this operator sorts what needs a person, and the way to change it; absent in a list that has one order only. */
export function useSort({ view, mentions }: Pick<Place, "view" | "mentions">): Sort | undefined {
  const { me } = useInbox();
  const [stored, set] = useStored(`sort.${me.id}`, "usual");
  if (mentions || !dueViews.includes(view)) return undefined;
  const by = ListSort.safeParse(stored).data ?? "usual";
  return { by, set, turn: () => set(by === "due" ? "usual" : "due") };
}

/** The list of a place, in the order that its operator has chosen. */
export function useListRef(place: Place): ListRef {
  const { view, filters } = place;
  const by = useSort(place)?.by;
  return useMemo(() => ({ view, filters, sort: by }), [view, filters, by]);
}
