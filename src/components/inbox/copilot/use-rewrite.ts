"use client";

import { useEffect, useRef, useState } from "react";
import { asWireError } from "#client/wire-error";
import type { RewriteBody, RewriteEvent } from "#contracts/copilot";
import { copilot } from "./copilot-api.ts";

/** A draft in other words, beside the draft itself. */
export type Rewritten = {
  /** What was rewritten. */
  of: string;
  text: string;
  status: "writing" | "done" | "failed";
  problem?: string;
};

/** Has drafts rewritten, one at a time; nothing changes in the draft until somebody says so. */
export function useRewrite(conversationId: string) {
  const [rewritten, setRewritten] = useState<Rewritten>();
  const asked = useRef<AbortController>(undefined);
  useEffect(() => () => asked.current?.abort(), []);

  function start(body: RewriteBody) {
    asked.current?.abort();
    const abort = new AbortController();
    asked.current = abort;
    const change = (next: (before: Rewritten) => Rewritten) =>
      setRewritten((before) => (asked.current === abort && before ? next(before) : before));
    setRewritten({ of: body.text, text: "", status: "writing" });
    copilot
      .rewrite(conversationId, body, {
        signal: abort.signal,
        onEvent: (event) => change((before) => hearRewrite(before, event)),
      })
      .catch((error: unknown) =>
        change((before) => ({ ...before, status: "failed", problem: asWireError(error).message })),
      );
  }

  function clear() {
    asked.current?.abort();
    asked.current = undefined;
    setRewritten(undefined);
  }

  return { rewritten, start, clear };
}

/** The rewriting after one more event of its stream. */
export function hearRewrite(before: Rewritten, event: RewriteEvent): Rewritten {
  switch (event.type) {
    case "delta":
      return { ...before, text: before.text.slice(0, event.offset) + event.text };
    case "done":
      return { ...before, text: event.text, status: "done" };
    case "error":
      return { ...before, status: "failed", problem: event.message };
  }
}
