import { z } from "zod";
import { Attachment } from "#contracts/conversation";
import type { Held, Shelf } from "./held.ts";

const Kept = z.object({
  clientId: z.string(),
  conversationId: z.string(),
  customer: z.string(),
  createdAt: z.string(),
  leavesAt: z.number(),
  text: z.string(),
  replyTo: z.string().optional(),
  attachments: z.array(Attachment).optional(),
  along: z.unknown(),
});

/** Keeps held replies in this browser, under names that begin alike. */
export function localShelf(prefix: string): Shelf {
  const nameOf = (clientId: string) => prefix + clientId;
  return {
    read: () =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(prefix))
        .flatMap((name) => read(name))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    put(held) {
      try {
        localStorage.setItem(nameOf(held.clientId), JSON.stringify(held));
        return true;
      } catch {
        // A full or forbidden storage costs the safety over a reload, not the reply.
        return false;
      }
    },
    has: (clientId) => localStorage.getItem(nameOf(clientId)) !== null,
    remove: (clientId) => localStorage.removeItem(nameOf(clientId)),
  };
}

function read(name: string): Held[] {
  try {
    const kept = Kept.safeParse(JSON.parse(localStorage.getItem(name) ?? ""));
    return kept.success ? [kept.data as Held] : [];
  } catch {
    return [];
  }
}
