import { noAddress } from "#channels/failure";
import type { Thread } from "#contracts/channel";
import type { TelegramMessage } from "./payload.ts";

/** Names a message for the whole connection, as Telegram counts messages per chat. */
export function externalIdOf(chatId: string, messageId: string): string {
  return `${chatId}:${messageId}`;
}

/** The conversation of a message: a chat, or one topic of a forum (core.telegram.org/bots/api, `is_topic_message`). */
export function threadOf(message: TelegramMessage): Thread {
  const { chat, message_thread_id, is_topic_message } = message;
  const kind = chat.type === "private" ? "direct" : "group";
  // A plain reply in a supergroup also carries a thread id, and is no topic.
  if (message_thread_id === undefined || is_topic_message !== true) {
    return { key: chat.id, kind, address: { chatId: chat.id } };
  }
  const address = { chatId: chat.id, topicId: message_thread_id };
  return { key: `${chat.id}:${message_thread_id}`, kind, address };
}

/** Where in Telegram's terms a thread lies. Throws `DeliveryFailure`. */
export function placeOf({ address }: Thread): { chat_id: string; message_thread_id?: number } {
  const { chatId, topicId } = address;
  if (chatId === undefined) throw noAddress("Telegram");
  return topicId === undefined
    ? { chat_id: chatId }
    : { chat_id: chatId, message_thread_id: Number(topicId) };
}

/** The number of a message within its chat; undefined where the id names no message of this thread. */
export function messageNumberOf(externalId: string, { address }: Thread): number | undefined {
  const prefix = `${address.chatId}:`;
  const number = Number(externalId.slice(prefix.length));
  return externalId.startsWith(prefix) && Number.isSafeInteger(number) ? number : undefined;
}
