import type { EarlierMessages } from "#client/chat-api";
import type { Conversation } from "#client/conversation";

/** The conversation with a page of what was said before the number that was asked; it no longer fits once another message is first. */
export function withEarlier(before: Conversation, asked: number, page: EarlierMessages): Conversation {
  const { conversationId, messages } = before;
  const other = page.messages.some((message) => message.conversationId !== conversationId);
  if (other || messages[0]?.seq !== asked) return before;
  return { ...before, messages: [...page.messages, ...messages], more: page.more };
}
