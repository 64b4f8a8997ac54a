"use client";

import { useEffect } from "react";
import { api } from "#components/inbox/data/api.ts";
import type { Thread } from "#components/inbox/data/thread.ts";

/** Tells the server what was seen, once it really was: the window is in front and its reader at the end. */
export function useReadMark(thread: Thread, atEnd: boolean) {
  const { id, head, unread } = thread.row;
  const last = thread.messages.at(-1)?.seq ?? 0;
  const behind = unread > 0 || last > thread.receipts.operatorRead;
  useEffect(() => {
    if (!atEnd || !behind || last === 0) return;
    const tell = () => {
      // Not told is not lost: the next look tells it again.
      if (document.visibilityState === "visible") api.read(id, Math.max(last, head)).catch(() => undefined);
    };
    const timer = setTimeout(tell, 400);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [id, last, head, behind, atEnd]);
}
