import type { ServerResponse } from "node:http";
import type { MessageView, StateView } from "#contracts/conversation";
import type { TopicView } from "#contracts/topics";

type Topic = {
  conversationId: string;
  messages: MessageView[];
  state: StateView;
  receipts: { customerRead: number };
  streams: Set<ServerResponse>;
};

/** A customer's topics as the chat's server tells them, General first among equals. */
export function topicViews<Room extends Topic>(general: Room, others: Map<string, Room>): TopicView[] {
  const all: [string, Room][] = [["General", general], ...others];
  return all
    .map(([name, room]) => viewOf(name, room))
    .sort((a, b) => Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt));
}

function viewOf(name: string, { conversationId, messages, state, receipts }: Topic): TopicView {
  const spoken = messages.filter(({ author }) => author.kind !== "system");
  const last = spoken.at(-1);
  const unread = spoken.filter(
    ({ seq, author }) => author.kind !== "customer" && seq > receipts.customerRead,
  ).length;
  return {
    name,
    conversationId,
    unread,
    lastWords: last?.text ?? "",
    ...(last && { lastAuthor: last.author.kind }),
    lastMessageAt: last?.createdAt ?? state.since,
    state: state.state,
    ...(state.operator && { operator: state.operator }),
  };
}
