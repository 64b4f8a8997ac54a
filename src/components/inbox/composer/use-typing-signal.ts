"use client";

import { useCallback, useEffect, useRef } from "react";
import { api } from "#components/inbox/data/api.ts";

const every = 3_000;

/** Tells the customer that somebody writes: at most every few seconds, and once when it ends. */
export function useTypingSignal(conversationId: string, enabled: boolean) {
  const told = useRef(0);

  const tell = useCallback(
    (typing: boolean) => {
      if (!enabled && typing) return;
      const now = Date.now();
      if (typing ? now - told.current < every : told.current === 0) return;
      told.current = typing ? now : 0;
      // A sign that is lost is missed by nobody.
      api.typing(conversationId, typing).catch(() => undefined);
    },
    [conversationId, enabled],
  );

  useEffect(() => () => tell(false), [tell]);
  return tell;
}
