import type { SentMessage } from "#contracts/chat";
import type { Attachment } from "#contracts/conversation";
import { backoffDelay } from "./backoff.ts";
import { type Guard, list, number, oneOf, shape, text } from "./guard.ts";
import { isAttachment } from "./shapes.ts";
import { systemTimers, type Timers } from "./timers.ts";
import { asWireError, isPassing } from "./wire-error.ts";

/** A message that the server has not confirmed yet. */
export type OutboxEntry = {
  clientId: string;
  text: string;
  createdAt: string;
  /** `waiting`: the way is cut, it goes by itself; `failed`: refused, the writer decides. */
  state: "sending" | "waiting" | "failed";
  attempts: number;
  replyTo?: string;
  attachments?: Attachment[];
  /** What a window sends beside it; the outbox carries it and does not look inside. */
  along?: unknown;
  error?: string;
};

export type Draft = Pick<OutboxEntry, "text" | "replyTo" | "attachments" | "along">;

/** What keeps texts over a reload; `localStorage` is one. */
export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export type OutboxOptions = {
  key: string;
  keep: Keep;
  send: (entry: OutboxEntry) => Promise<SentMessage>;
  /** The server has it: called before the entry leaves the outbox, so that the text never vanishes in between. */
  onSent: (entry: OutboxEntry, sent: SentMessage) => void;
  newId: () => string;
  timers?: Timers;
  random?: () => number;
};

/** Keeps messages until the server has them: in order, one at a time, the same client id at each attempt. */
export function createOutbox(options: OutboxOptions) {
  const { key, keep, send, onSent, newId, timers = systemTimers, random = Math.random } = options;
  const listeners = new Set<() => void>();
  let entries: readonly OutboxEntry[] = stored(keep, key);
  const seen = new Set(entries.map(({ clientId }) => clientId));
  let busy = false;
  let cancelRetry = () => {};

  function set(next: readonly OutboxEntry[]) {
    entries = next;
    for (const { clientId } of next) seen.add(clientId);
    // Windows side by side keep under one key: what another one has added since stays there.
    const others = stored(keep, key).filter(({ clientId }) => !seen.has(clientId));
    store(keep, key, [...others, ...entries]);
    for (const listener of listeners) listener();
  }

  function change(clientId: string, part: Partial<OutboxEntry>) {
    set(entries.map((entry) => (entry.clientId === clientId ? { ...entry, ...part } : entry)));
  }

  async function flush() {
    cancelRetry();
    if (busy) return;
    busy = true;
    try {
      for (;;) {
        const entry = entries.find(({ state }) => state !== "failed");
        if (entry === undefined || !(await deliver(entry))) return;
      }
    } finally {
      busy = false;
    }
  }

  /** Says whether the next one may go. */
  async function deliver(entry: OutboxEntry): Promise<boolean> {
    const attempts = entry.attempts + 1;
    change(entry.clientId, { attempts });
    try {
      const sent = await send(entry);
      onSent(entry, sent);
      set(entries.filter(({ clientId }) => clientId !== entry.clientId));
      return true;
    } catch (error) {
      const { message, retryAfter } = asWireError(error);
      if (!isPassing(error)) {
        change(entry.clientId, { state: "failed", error: message });
        return true;
      }
      change(entry.clientId, { state: "waiting", error: message });
      const delay = Math.max(backoffDelay(attempts - 1, random()), retryAfter ?? 0);
      cancelRetry = timers.after(delay, flush);
      return false;
    }
  }

  return {
    entries: () => entries,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Takes a message in; it is kept before the first attempt to send it. */
    add(draft: Draft, clientId = newId()): OutboxEntry {
      const createdAt = new Date(timers.now()).toISOString();
      const entry: OutboxEntry = { ...draft, clientId, createdAt, state: "sending", attempts: 0 };
      set([...entries, entry]);
      flush();
      return entry;
    },
    /** Sends what is there, at once; call it when the way is open again. */
    flush,
    /** Tries a refused message again. */
    retry(clientId: string) {
      change(clientId, { state: "sending" });
      return flush();
    },
    /** Drops a message: the writer gave it up, or the log holds it already. */
    drop(clientId: string) {
      if (entries.some((entry) => entry.clientId === clientId))
        set(entries.filter((entry) => entry.clientId !== clientId));
    },
    close() {
      cancelRetry();
      listeners.clear();
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

const isEntry: Guard<OutboxEntry> = shape(
  {
    clientId: text,
    text,
    createdAt: text,
    state: oneOf("sending", "waiting", "failed"),
    attempts: number,
  },
  { replyTo: text, attachments: list(isAttachment), error: text },
);

function stored(keep: Keep, key: string): OutboxEntry[] {
  try {
    const parsed: unknown = JSON.parse(keep.getItem(key) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function store(keep: Keep, key: string, entries: readonly OutboxEntry[]) {
  try {
    if (entries.length === 0) keep.removeItem(key);
    else keep.setItem(key, JSON.stringify(entries));
  } catch {
    // A full or forbidden storage costs the safety over a reload, not the message.
  }
}
