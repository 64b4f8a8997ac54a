import type { MessageView } from "#contracts/conversation";

/** The newest reply that somebody else, or the assistant, gave the customer after an entry. */
export function newerReply(
  messages: readonly MessageView[],
  since: number,
  me: string,
): MessageView | undefined {
  return messages.findLast(
    ({ seq, author, audience }) =>
      seq > since &&
      audience === "all" &&
      (author.kind === "agent" || (author.kind === "operator" && author.id !== me)),
  );
}

/** The newest entry that there was at a moment. */
export function newestAt(messages: readonly MessageView[], moment: string): number {
  return messages.findLast(({ createdAt }) => createdAt <= moment)?.seq ?? 0;
}
