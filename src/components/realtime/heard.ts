import { type Conversation, conversationFrom, follow } from "#client/conversation";
import type { ConversationEvent } from "#client/conversation-events";
import type { MessageView, OperatorRef } from "#contracts/conversation";
import type { ConversationSnapshot } from "#contracts/events";

/** The conversation after an event, also when nothing was known of it before; polling brings no snapshot to begin with. */
export function hear(
  before: Conversation | undefined,
  event: ConversationEvent,
  now: number,
): Conversation | undefined {
  if (before !== undefined) return follow(before, event, now);
  if (event.type === "snapshot") return conversationFrom(event.snapshot, now);
  if (event.type !== "message" && event.type !== "state") return undefined;
  return follow(conversationFrom(emptySnapshot(event.conversationId), now), event, now);
}

/** What a conversation brought that was not there before: each message and each person once, on whatever way they came. */
export function news(before: Conversation | undefined, after: Conversation | undefined): News {
  if (after === undefined || after === before) return { messages: [] };
  const known = new Set(before?.messages.map(({ id }) => id));
  const messages = after.messages.filter(({ id }) => !known.has(id));
  const { operator } = after.state;
  const isNew = operator !== undefined && operator.id !== before?.state.operator?.id;
  return isNew ? { messages, joined: operator } : { messages };
}

type News = { messages: MessageView[]; joined?: OperatorRef };

function emptySnapshot(conversationId: string): ConversationSnapshot {
  const state = { state: "ACTIVE", owner: "ai", epoch: 0, since: "", offered: false } as const;
  const receipts = { customerRead: 0, operatorRead: 0 };
  return { conversationId, head: 0, messages: [], more: false, state, receipts };
}
