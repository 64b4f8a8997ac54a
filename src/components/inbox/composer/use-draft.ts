"use client";

import { useCallback, useSyncExternalStore } from "react";
import { newClientId } from "#components/inbox/client-id.ts";
import { desk } from "#components/inbox/data/desk-api.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { createDrafts, type Drafts } from "./drafts.ts";
import type { Mode } from "./mode.ts";

let drafts: Drafts | undefined;

/** The drafts of this browser's operator. */
export function draftsOf(me: string): Drafts {
  drafts ??= createDrafts({
    prefix: `baton.draft.${me}.`,
    keep: localStorage,
    newId: newClientId,
    // What is not told now is told with the next letter, or when it is sent.
    put: (conversationId, draft) => void desk.keepDraft(conversationId, draft).catch(() => undefined),
  });
  return drafts;
}

const never = () => () => {};

/** Words not sent yet of one conversation. */
export function useDraft(conversationId: string, mode: Mode) {
  const { me } = useInbox();
  const store = draftsOf(me.id);
  const draft = useSyncExternalStore(
    store.subscribe,
    () => store.get(conversationId, mode),
    () => undefined,
  );
  return {
    text: draft?.text ?? "",
    restored: draft?.restored ? draft : undefined,
    set: useCallback((text: string) => store.set(conversationId, mode, text), [store, conversationId, mode]),
    take: useCallback(() => store.take(conversationId, mode), [store, conversationId, mode]),
  };
}

/** Whether this operator has begun a reply to a conversation. */
export function useHasDraft(conversationId: string): boolean {
  const { me } = useInbox();
  const store = typeof localStorage === "undefined" ? undefined : draftsOf(me.id);
  return useSyncExternalStore(
    store?.subscribe ?? never,
    () => store?.get(conversationId, "reply") !== undefined,
    () => false,
  );
}
