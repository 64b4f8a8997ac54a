"use client";

import { useInboxStream } from "#components/inbox/use-inbox-stream.ts";
import { openConversation } from "./open-conversation.ts";
import { useTellings } from "./use-tellings.ts";

/** Keeps a page without an inbox told: the inbox has a stream of its own. */
export function OwnStream({ me }: { me: string }) {
  const hear = useTellings({ me, shown: undefined, open: openConversation });
  useInboxStream(undefined, hear);
  return undefined;
}
