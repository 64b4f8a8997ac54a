"use client";

import { useSyncExternalStore } from "react";
import { outboxOf } from "#components/inbox/outboxes.ts";
import { createHold, type Held, type Hold } from "./held.ts";
import { localShelf } from "./held-shelf.ts";

/** For how long a reply can be taken back, in milliseconds. */
export const holdFor = 5_000;

let hold: Hold | undefined;

/** The replies of this operator that can still be taken back. */
export function holdOf(me: string): Hold {
  hold ??= createHold({
    shelf: localShelf(`baton.held.${me}.`),
    release: ({ clientId, conversationId, customer, createdAt, leavesAt, ...draft }) =>
      outboxOf(me, conversationId, "all").add(draft, clientId),
  });
  return hold;
}

const none: readonly Held[] = [];
const never = () => () => {};

/** What can still be taken back, of all conversations. */
export function useHeld(me: string): readonly Held[] {
  const store = typeof localStorage === "undefined" ? undefined : holdOf(me);
  return useSyncExternalStore(
    store?.subscribe ?? never,
    () => store?.entries() ?? none,
    () => none,
  );
}
