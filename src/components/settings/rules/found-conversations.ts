import { useEffect, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConversationPage, type ConversationRow } from "#contracts/operator";
import { SearchPage } from "#contracts/search";

const afterTyping = 250;
const most = 20;

export type Found = { rows: ConversationRow[]; problem?: string; busy: boolean };

/** The conversation that a pasted address, or a bare id, names. */
export function conversationIn(words: string): string | undefined {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(words)?.[0]?.toLowerCase();
}

/** Where conversations are looked for: the newest ones where there are no words. */
export function addressOf(words: string): string {
  const q = words.trim();
  if (q === "") return `/api/agent/conversations?view=all&limit=${most}`;
  return `/api/agent/search?${new URLSearchParams({ q, kind: "conversations", limit: String(most) })}`;
}

/** The conversations of an answer; those of a list in the order of time, whoever waits in it. */
export function rowsIn(answer: unknown): ConversationRow[] {
  const page = ConversationPage.safeParse(answer).data;
  if (page) return page.rows.toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt));
  const found = SearchPage.safeParse(answer).data;
  return found?.kind === "conversations" ? found.hits.map(({ row }) => row) : [];
}

/** The company's conversations that hold these words; those found before stay until the new ones are there. */
export function useFoundConversations(words: string): Found {
  const [found, setFound] = useState<Found>({ rows: [], busy: true });
  const address = addressOf(words);
  useEffect(() => {
    let overtaken = false;
    setFound((before) => ({ ...before, busy: true }));
    const look = async () => {
      const outcome = await callApi<unknown>("GET", address);
      if (overtaken) return;
      setFound(
        outcome.ok
          ? { rows: rowsIn(outcome.data), busy: false }
          : { rows: [], problem: outcome.message, busy: false },
      );
    };
    const timer = setTimeout(look, afterTyping);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [address]);
  return found;
}
