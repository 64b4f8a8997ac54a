import { systemTimers, type Timers } from "#client/timers";
import type { DraftKind, DraftList } from "#contracts/drafts";

export type WrittenDraft = {
  text: string;
  at: string;
  /** Begun before this window was opened, or in another one. */
  restored: boolean;
};

type RemoteDraft = DraftList["drafts"][number];

type Options = {
  /** Names of this browser's storage begin with it. */
  prefix: string;
  keep: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Tells the server, so that the operator's other browsers know. Failing is no harm: this browser has it. */
  put: (conversationId: string, draft: { kind: DraftKind; text: string; clientId: string }) => void;
  newId: () => string;
  timers?: Timers;
};

/** How long nothing more is written before the server is told. */
const quiet = 800;

/** Words that were begun and not sent: kept in this browser at once, and with the server soon after. */
export function createDrafts({ prefix, keep, put, newId, timers = systemTimers }: Options) {
  const known = new Map<string, WrittenDraft>();
  const ids = new Map<string, string>();
  // What was written or sent here is never replaced from elsewhere: clocks differ, and what was sent may still be there.
  const touched = new Set<string>();
  const pending = new Map<string, { cancel: () => void; tell: () => void }>();
  const listeners = new Set<() => void>();
  const keyOf = (conversationId: string, kind: DraftKind) => `${prefix}${conversationId}.${kind}`;

  function changed() {
    for (const listener of listeners) listener();
  }

  function get(conversationId: string, kind: DraftKind): WrittenDraft | undefined {
    const key = keyOf(conversationId, kind);
    const found = known.get(key) ?? read(keep, key);
    if (found) known.set(key, found);
    return found;
  }

  function save(key: string, draft: WrittenDraft | undefined) {
    if (draft) known.set(key, draft);
    else known.delete(key);
    try {
      if (draft) keep.setItem(key, JSON.stringify({ text: draft.text, at: draft.at }));
      else keep.removeItem(key);
    } catch {
      // Without storage a draft lives as long as its page.
    }
    changed();
  }

  /** The id under which the words will go: one for each message, made when it is begun. */
  function idOf(key: string): string {
    const id = ids.get(key) ?? newId();
    ids.set(key, id);
    return id;
  }

  function later(key: string, tell: () => void) {
    pending.get(key)?.cancel();
    const told = () => {
      pending.delete(key);
      tell();
    };
    pending.set(key, { cancel: timers.after(quiet, told), tell: told });
  }

  return {
    get,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set(conversationId: string, kind: DraftKind, text: string) {
      const key = keyOf(conversationId, kind);
      touched.add(key);
      const at = new Date(timers.now()).toISOString();
      const clientId = idOf(key);
      save(key, text === "" ? undefined : { text, at, restored: false });
      later(key, () => put(conversationId, { kind, text, clientId }));
    },
    /** Takes the words to send them, with the id under which they go; nothing is left of the draft. */
    take(conversationId: string, kind: DraftKind): string {
      const key = keyOf(conversationId, kind);
      touched.add(key);
      const clientId = idOf(key);
      pending.get(key)?.cancel();
      pending.delete(key);
      ids.delete(key);
      save(key, undefined);
      return clientId;
    },
    /** Takes in what the operator wrote in another browser, where nothing was written here. */
    adopt(drafts: RemoteDraft[]) {
      for (const { conversationId, kind, text, updatedAt: at } of drafts) {
        const key = keyOf(conversationId, kind);
        const mine = get(conversationId, kind);
        if (touched.has(key) || (mine && mine.at >= at)) continue;
        save(key, { text, at, restored: true });
      }
    },
    /** Tells the server what it has not heard yet, at once: the window may be about to close. */
    flush() {
      for (const { cancel, tell } of [...pending.values()]) {
        cancel();
        tell();
      }
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;

function read(keep: Options["keep"], key: string): WrittenDraft | undefined {
  try {
    const { text, at } = JSON.parse(keep.getItem(key) ?? "{}") as { text?: unknown; at?: unknown };
    if (typeof text !== "string" || typeof at !== "string" || text === "") return undefined;
    return { text, at, restored: true };
  } catch {
    return undefined;
  }
}
