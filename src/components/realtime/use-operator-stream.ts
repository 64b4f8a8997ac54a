"use client";

import { sseTransport } from "#client/sse-transport";
import type { Frame } from "#client/transport";
import { useRealtime } from "./use-realtime.ts";

/**
 * One stream for everything an operator's window shows. `watch` is the conversation whose typing and tokens
 * are wanted; changing it reopens the stream, which begins with a snapshot or goes on from the cursor.
 */
export function useOperatorStream(options: { watch?: string; onEvent: (frame: Frame) => void }) {
  const { watch, onEvent } = options;
  const query = watch === undefined ? "" : `?watch=${encodeURIComponent(watch)}`;
  return useRealtime(`operator${query}`, () => ({
    transport: sseTransport({ url: `/api/agent/stream${query}` }),
    onEvent,
  }));
}
