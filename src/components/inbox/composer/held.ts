import type { Draft } from "#client/outbox";
import { systemTimers, type Timers } from "#client/timers";

/** A reply that its writer can still take back; at `leavesAt`, in milliseconds, it goes. */
export type Held = Draft & {
  clientId: string;
  conversationId: string;
  /** To whom it goes, for who has left the conversation meanwhile. */
  customer: string;
  createdAt: string;
  leavesAt: number;
};

/** Where replies are kept over a reload, each by itself: several windows of one writer share it. */
export type Shelf = {
  read: () => Held[];
  /** False where nothing can be kept. */
  put: (held: Held) => boolean;
  has: (clientId: string) => boolean;
  remove: (clientId: string) => void;
};

type Options = {
  shelf: Shelf;
  /** Lets a reply go: from here on it cannot be taken back. */
  release: (held: Held) => void;
  timers?: Timers;
};

/** Holds replies for a few seconds before they go, over a reload too, so that they can be taken back. */
export function createHold({ shelf, release, timers = systemTimers }: Options) {
  const listeners = new Set<() => void>();
  const onShelf = new Set<string>();
  let entries: readonly Held[] = shelf.read();
  for (const { clientId } of entries) onShelf.add(clientId);

  function set(next: readonly Held[]) {
    entries = next;
    for (const listener of listeners) listener();
  }

  function take(clientId: string): Held | undefined {
    const held = entries.find((entry) => entry.clientId === clientId);
    if (!held) return undefined;
    onShelf.delete(clientId);
    shelf.remove(clientId);
    set(entries.filter((entry) => entry !== held));
    return held;
  }

  function letGo(clientId: string) {
    // Another window may have taken it back.
    const gone = onShelf.has(clientId) && !shelf.has(clientId);
    const held = take(clientId);
    if (held && !gone) release(held);
  }

  function wait({ clientId, leavesAt }: Held) {
    timers.after(Math.max(0, leavesAt - timers.now()), () => letGo(clientId));
  }

  for (const entry of entries) wait(entry);

  return {
    entries: () => entries,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Takes a reply in, for so many milliseconds. */
    add(reply: Omit<Held, "createdAt" | "leavesAt">, milliseconds: number): Held {
      const now = timers.now();
      const createdAt = new Date(now).toISOString();
      const held: Held = { ...reply, createdAt, leavesAt: now + milliseconds };
      if (shelf.put(held)) onShelf.add(held.clientId);
      set([...entries, held]);
      wait(held);
      return held;
    },
    /** Takes a reply back; undefined where it went already. */
    undo: take,
    /** Lets one reply go at once. */
    release: letGo,
    /** Lets everything go at once, in the order in which it was written. */
    releaseAll() {
      for (const { clientId } of entries) letGo(clientId);
    },
  };
}

export type Hold = ReturnType<typeof createHold>;
