"use client";

import { useEffect } from "react";
import { useTellings } from "#components/alerts/use-tellings.ts";
import type { Place } from "./use-place.ts";
import { viewNames } from "./words.ts";

type Options = { place: Place; me: string; open: (id: string) => void };

/** Tells what happens elsewhere, and names the window after what it shows. Silent about what is in front. */
export function useAlerts({ place, me, open }: Options) {
  const { view, conversationId } = place;
  useEffect(() => {
    document.title = `${viewNames[view]} · Baton`;
  }, [view]);

  return useTellings({ me, open, shown: conversationId });
}
