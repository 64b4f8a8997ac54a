"use client";

import { useSyncExternalStore } from "react";

let gone: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** Takes a suggestion off this window, until it is closed. */
export function dismiss(id: string) {
  gone = new Set([...gone, id]);
  for (const listener of listeners) listener();
}

/** The suggestions that are not shown in this window any more. */
export function useDismissed(): ReadonlySet<string> {
  return useSyncExternalStore(
    subscribe,
    () => gone,
    () => gone,
  );
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
