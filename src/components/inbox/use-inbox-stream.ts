"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createLatencyMeter } from "#client/latency";
import { type ConnectionStatus, openRealtime, type Realtime } from "#client/realtime";
import { sseTransport } from "#client/sse-transport";
import { type InboxEvent, parseInboxEvent } from "./data/events.ts";

const opening: ConnectionStatus = { state: "connecting", since: 0, failures: 0, transport: "sse" };
const nothing = () => () => {};

/**
 * One stream for all that this window shows. Going to another conversation reopens it where the last one ended,
 * so that nothing is missed and nothing is fetched twice.
 */
export function useInboxStream(watch: string | undefined, onEvent: (event: InboxEvent) => void) {
  const [realtime, setRealtime] = useState<Realtime>();
  const [meter] = useState(() => createLatencyMeter());
  const cursor = useRef<string>(undefined);
  const listener = useRef(onEvent);
  listener.current = onEvent;
  const watched = useSettled(watch);

  useEffect(() => {
    const query = watched === undefined ? "" : `?watch=${encodeURIComponent(watched)}`;
    const opened = openRealtime({
      transport: sseTransport({ url: `/api/agent/stream${query}` }),
      ...(cursor.current === undefined ? {} : { lastEventId: cursor.current }),
      online: () => navigator.onLine,
      onRefused: async (error) => {
        if (error.status === 401) window.location.assign("/sign-in");
        return error.status !== 401;
      },
      onEvent(frame) {
        const event = parseInboxEvent(frame);
        if (!event) return;
        if (event.type === "message" && event.message.clientId)
          meter.received(event.message.clientId, Date.now());
        listener.current(event);
      },
    });
    const back = () => opened.retry();
    window.addEventListener("online", back);
    setRealtime(opened);
    return () => {
      window.removeEventListener("online", back);
      cursor.current = opened.lastEventId();
      opened.close();
    };
  }, [watched, meter]);

  const status = useSyncExternalStore(
    realtime?.subscribe ?? nothing,
    () => realtime?.status() ?? opening,
    () => opening,
  );
  const retry = useCallback(() => realtime?.retry(), [realtime]);
  const sending = useCallback((clientId: string) => meter.sent(clientId, Date.now()), [meter]);
  return { status, retry, sending, latency: meter.read };
}

/** A value once it stays: whoever leafs through the list does not open a stream for each row. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 150);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
