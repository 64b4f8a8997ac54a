import type { QueryClient } from "@tanstack/react-query";
import type { ConversationRow } from "#contracts/operator";
import { knownRow } from "./apply-event.ts";
import { followEvent, readCache } from "./queries.ts";

/**
 * Shows what a row will be before the server has said so. The answer takes it back, unless something newer was heard
 * meanwhile.
 */
export function changeRow(
  client: QueryClient,
  id: string,
  change: (row: ConversationRow) => ConversationRow,
  me: string,
): () => void {
  const before = knownRow(readCache(client), id);
  if (!before) return () => {};
  const after = change(before);
  followEvent(client, { type: "row", conversationId: id, row: after }, me);
  return () => {
    if (knownRow(readCache(client), id)?.head !== before.head) return;
    followEvent(client, { type: "row", conversationId: id, row: before }, me);
  };
}
