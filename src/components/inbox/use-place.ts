"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { ListFilters, View } from "#contracts/operator";

/** Where a window is: in a list, perhaps narrowed, or among the notes that name its operator; and at a conversation. */
export type Place = {
  view: View;
  filters: ListFilters;
  mentions: boolean;
  conversationId: string | undefined;
};

/** A step elsewhere. Another view is the whole of it, unless more is said. */
export type Go = (to: Partial<Place>) => void;

const filterNames = Object.keys(ListFilters.shape) as (keyof ListFilters)[];

/** The address of a place in the inbox: every selection and every view is one. */
export function hrefOf({
  view,
  filters = {},
  mentions,
  conversationId,
}: Pick<Place, "view"> & Partial<Place>) {
  const path = conversationId === undefined ? "/inbox" : `/inbox/${conversationId}`;
  const query = new URLSearchParams();
  if (mentions) query.set("view", "mentions");
  else if (view !== "needs_response") query.set("view", view);
  for (const name of filterNames) if (filters[name] !== undefined) query.set(name, filters[name]);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The place that an address names; what it says wrongly is not said. */
export function placeOf(path: string, query: URLSearchParams): Place {
  const view = View.safeParse(query.get("view"));
  const filters = ListFilters.safeParse(
    Object.fromEntries(filterNames.flatMap((name) => (query.has(name) ? [[name, query.get(name)]] : []))),
  );
  return {
    view: view.success ? view.data : "needs_response",
    filters: filters.success ? filters.data : {},
    mentions: query.get("view") === "mentions",
    conversationId: path.match(/^\/inbox\/([^/]+)/)?.[1],
  };
}

/** Where the window is, and the way to go elsewhere without asking the server for a page. */
export function usePlace() {
  const path = usePathname();
  const query = useSearchParams();
  const place = useMemo(() => placeOf(path, new URLSearchParams(query)), [path, query]);

  const go = useCallback<Go>(
    (to) => {
      const elsewhere = to.view === undefined ? {} : { filters: {}, mentions: false };
      const href = hrefOf({ ...place, ...elsewhere, ...to });
      if (href !== hrefOf(place)) window.history.pushState(null, "", href);
    },
    [place],
  );
  return { place, go };
}
