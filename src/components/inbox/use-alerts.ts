"use client";

import { useCallback, useEffect, useRef } from "react";
import { toast } from "#components/ui/toaster.tsx";
import type { InboxEvent } from "./data/events.ts";
import { useCounts } from "./data/queries.ts";
import { chime } from "./signals.ts";
import type { Place } from "./use-place.ts";
import { viewNames } from "./words.ts";

type Options = { place: Place; me: string; open: (id: string) => void };

/** Tells what happens elsewhere: a toast, a sound, the number in the window's title. Silent about what is in front. */
export function useAlerts(options: Options) {
  const latest = useRef(options);
  latest.current = options;

  const waiting = useCounts()?.needs_response ?? 0;
  const { view } = options.place;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${viewNames[view]} · Baton`;
  }, [waiting, view]);

  return useCallback((event: InboxEvent) => {
    const words = alertOf(event, latest.current.me);
    if (!words || !("conversationId" in event)) return;

    const { conversationId } = event;
    const inFront =
      document.visibilityState === "visible" && latest.current.place.conversationId === conversationId;
    if (inFront || conversationId === undefined) return;

    if (event.type !== "new_message") chime();
    toast(words.title, {
      id: `${event.type}:${conversationId}`,
      description: words.text,
      action: { label: "Open", onClick: () => latest.current.open(conversationId) },
    });
  }, []);
}

function alertOf(event: InboxEvent, me: string): { title: string; text: string } | undefined {
  switch (event.type) {
    case "new_escalation":
      return { title: `${event.customer} needs a person`, text: event.reason };
    case "new_message":
      return { title: event.customer, text: "wrote to you" };
    case "assignment":
      if (event.operator?.id !== me) return undefined;
      return { title: `${event.customer} is yours now`, text: "The conversation was assigned to you." };
    default:
      return undefined;
  }
}
