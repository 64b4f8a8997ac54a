"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { asWireError } from "#client/wire-error";
import type { Thread } from "#components/inbox/data/thread.ts";
import { cardsOf, failedWith, hear, nothingYet, type Suggesting } from "./cards.ts";
import { copilot } from "./copilot-api.ts";

/** Customers write in bursts, and operators pass by many conversations: only who stays a moment is suggested for. */
const calmMs = 500;

/**
 * The suggestions for the customer's newest words: those there are, and new ones where a person is waited for. They are
 * no longer made as soon as nobody looks.
 */
export function useSuggestions({ row, messages }: Thread) {
  const turn = messages.findLast(isSpoken)?.seq ?? 0;
  const handedOver = row.state.owner === "queue" || row.state.owner === "operator";
  const known = useQuery({
    queryKey: ["copilot", row.id, turn, handedOver],
    queryFn: ({ signal }) => copilot.state(row.id, signal),
    // Another operator's window may have had some made meanwhile.
    staleTime: 0,
    gcTime: 60_000,
  });
  const [made, setMade] = useState<{ of: number; suggesting: Suggesting }>();
  const asked = useRef<AbortController>(undefined);

  const ask = useCallback(
    (fresh: boolean) => {
      asked.current?.abort();
      const abort = new AbortController();
      asked.current = abort;
      const change = (next: (before: Suggesting) => Suggesting) =>
        setMade((before) => {
          if (asked.current !== abort) return before;
          return { of: turn, suggesting: next(before?.of === turn ? before.suggesting : nothingYet) };
        });
      change(() => ({ ...nothingYet, status: "writing" }));
      copilot
        .suggest(row.id, fresh, {
          signal: abort.signal,
          onEvent: (event) => change((before) => hear(before, event)),
        })
        .catch((error: unknown) => change((before) => failedWith(before, asWireError(error).message)));
    },
    [row.id, turn],
  );

  const state = known.data;
  const wanted = state?.waiting === true && state.suggestions.length === 0;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => ask(false), calmMs);
    return () => clearTimeout(timer);
  }, [wanted, ask]);
  useEffect(() => () => asked.current?.abort(), []);

  const current = made?.of === turn ? made.suggesting : undefined;
  return {
    turn,
    /** What stood there before, until something newer was asked for. */
    suggesting:
      current ??
      (state && {
        ...nothingYet,
        status: statusOf(state.suggestions),
        cards: cardsOf(state.suggestions),
        model: state.model,
      }),
    /** About to begin by itself. */
    soon: known.isPending || (wanted && current === undefined),
    /** These came while the window was looking, so they are news. */
    live: current !== undefined,
    question: state?.question,
    error: known.error,
    ask,
    retry: () => void known.refetch(),
  };
}

function statusOf(suggestions: readonly unknown[]): Suggesting["status"] {
  return suggestions.length > 0 ? "done" : "idle";
}

function isSpoken({ author, audience }: Thread["messages"][number]): boolean {
  return author.kind !== "system" && audience === "all";
}
