"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { View } from "#contracts/operator";

export type Place = { view: View; conversationId: string | undefined };

/** The address of a place in the inbox: every selection and every view is one. */
export function hrefOf({ view, conversationId }: Place): string {
  const path = conversationId === undefined ? "/inbox" : `/inbox/${conversationId}`;
  return view === "needs_response" ? path : `${path}?view=${view}`;
}

/** Where the window is, and the way to go elsewhere without asking the server for a page. */
export function usePlace() {
  const path = usePathname();
  const parameter = useSearchParams().get("view");

  const place = useMemo<Place>(() => {
    const parsed = View.safeParse(parameter);
    const conversationId = path.match(/^\/inbox\/([^/]+)/)?.[1];
    return { view: parsed.success ? parsed.data : "needs_response", conversationId };
  }, [path, parameter]);

  const go = useCallback(
    (to: Partial<Place>) => {
      const href = hrefOf({ ...place, ...to });
      if (href !== hrefOf(place)) window.history.pushState(null, "", href);
    },
    [place],
  );
  return { place, go };
}
