"use client";

import { useInboxStream } from "#components/inbox/use-inbox-stream.ts";
import { openConversation } from "./open-conversation.ts";
import { useTellings } from "./use-tellings.ts";

/** Keeps a page told that has no stream of its own. */
export function OwnStream({ me }: { me: string }) {
  const hear = useTellings({ me, shown: undefined, open: openConversation });
  useInboxStream(undefined, hear);
  return undefined;
}
