"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type ConnectionStatus, openRealtime, type Realtime, type RealtimeOptions } from "#client/realtime";
import type { Frame } from "#client/transport";

const waiting: ConnectionStatus = { state: "connecting", since: 0, failures: 0, transport: "sse" };
const nothing = () => () => {};

type Ways = Omit<RealtimeOptions, "onEvent" | "online">;

/**
 * Keeps one realtime connection for as long as the component stands and `key` stays the same.
 * Pass `undefined` for `key` to stay away. `make` and `onEvent` may change freely between renders.
 */
export function useRealtime(key: string | undefined, make: () => Ways, onEvent: (frame: Frame) => void) {
  const latest = useRef({ make, onEvent });
  latest.current = { make, onEvent };
  const [realtime, setRealtime] = useState<Realtime>();

  useEffect(() => {
    if (key === undefined) return;
    const opened = openRealtime({
      ...latest.current.make(),
      onEvent: (frame) => latest.current.onEvent(frame),
      online: () => navigator.onLine,
    });
    const back = () => opened.retry();
    window.addEventListener("online", back);
    setRealtime(opened);
    return () => {
      window.removeEventListener("online", back);
      opened.close();
      setRealtime(undefined);
    };
  }, [key]);

  const status = useSyncExternalStore(
    realtime?.subscribe ?? nothing,
    () => realtime?.status() ?? waiting,
    () => waiting,
  );
  const retry = useCallback(() => realtime?.retry(), [realtime]);
  return { status, retry };
}
