import type { Keep } from "#client/outbox";

/** The browser's storage, or the memory of this window where a browser forbids it to frames. */
export function browserStorage(): Keep {
  return storageOf(() => localStorage);
}

/**
 * The storage of this tab, where a letter's link opens a chat in it or did before a reload; the chat that the browser has
 * itself stays as it is. Undefined in any other tab.
 */
export function tabStorage(agentId: string, resume: string | undefined): Keep | undefined {
  const keep = storageOf(() => sessionStorage);
  return resume !== undefined || ticketStore(keep, agentId).read() !== undefined ? keep : undefined;
}

function storageOf(find: () => Storage): Keep {
  try {
    const probe = "baton:probe";
    const storage = find();
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return storage;
  } catch {
    const texts = new Map<string, string>();
    return {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, value) => void texts.set(key, value),
      removeItem: (key) => void texts.delete(key),
    };
  }
}

/** What brings a customer back to their conversation. */
export type Ticket = { sessionId: string; token: string };

/** Keeps the session's secret in the storage of the frame's own origin. */
export function ticketStore(keep: Keep, agentId: string) {
  const key = `baton:${agentId}:session`;
  return {
    read(): Ticket | undefined {
      try {
        const parsed: unknown = JSON.parse(keep.getItem(key) ?? "null");
        if (typeof parsed !== "object" || parsed === null) return undefined;
        const { sessionId, token } = parsed as Record<string, unknown>;
        if (typeof sessionId !== "string" || typeof token !== "string") return undefined;
        return { sessionId, token };
      } catch {
        return undefined;
      }
    },
    write(ticket: Ticket | undefined) {
      try {
        if (ticket === undefined) keep.removeItem(key);
        else keep.setItem(key, JSON.stringify(ticket));
      } catch {
        // Without storage the conversation lives as long as the window.
      }
    },
  };
}
