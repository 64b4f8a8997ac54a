"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

type Kept = string | number | boolean;
/** `true` as a first value stands for any flag. */
type Widened<T extends Kept> = T extends boolean ? boolean : T extends number ? number : string;

/** A small value that this browser remembers; every place that shows it changes together. */
export function useStored<T extends Kept>(name: string, initial: T) {
  const key = `baton.inbox.${name}`;
  const value = useSyncExternalStore<Widened<T>>(
    subscribe,
    () => read<T>(key, initial),
    () => initial as Kept as Widened<T>,
  );
  const set = useCallback(
    (next: Widened<T>) => {
      write(key, next);
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, set] as const;
}

/** Reads a remembered value outside of rendering. */
export function readStored<T extends Kept>(name: string, initial: T): Widened<T> {
  return read<T>(`baton.inbox.${name}`, initial);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read<T extends Kept>(key: string, initial: T): Widened<T> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return (typeof stored === typeof initial ? stored : initial) as Widened<T>;
  } catch {
    return initial as Kept as Widened<T>;
  }
}

function write(key: string, value: unknown) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory, not the work.
  }
}
