import type { WebhookRequest } from "#channels/channel";
import type { Action, Edit, Incoming, Reaction, UnifiedMessage } from "#contracts/channel";
import { commandOf, isAddressed } from "./addressed.ts";
import { wantsPerson } from "./commands.ts";
import { contentOf, fullName } from "./content.ts";
import {
  type CallbackQuery,
  type MessageReaction,
  type MyChatMember,
  readUpdate,
  type TelegramMessage,
} from "./payload.ts";
import type { Settings } from "./settings.ts";
import { externalIdOf, threadOf } from "./thread.ts";

/** Reads the one thing that an update tells; kinds it does not know, it passes over. */
export function parse({ rawBody, now }: WebhookRequest, settings: Settings): Incoming[] {
  const update = readUpdate(rawBody);
  const found = [
    update.message && messageOf(update.message, settings),
    update.edited_message && editOf(update.edited_message),
    update.callback_query && pressOf(update.callback_query, now),
    update.message_reaction && reactionOf(update.message_reaction),
    update.my_chat_member && membershipOf(update.my_chat_member),
  ];
  return found.filter((each) => each !== undefined);
}

function messageOf(message: TelegramMessage, settings: Settings): UnifiedMessage | undefined {
  const { from, chat } = message;
  if (from === undefined || from.is_bot === true || chat.type === "channel") return undefined;
  if (chat.type !== "private" && !isAddressed(message, settings)) return undefined;
  const content = contentOf(message);
  if (content === undefined) return undefined;
  const command = commandOf(message);
  return {
    kind: "message",
    externalId: externalIdOf(chat.id, message.message_id),
    thread: threadOf(message),
    senderId: from.id,
    senderName: fullName(from),
    ...content,
    // What the menu offers is said in words, which whoever answers understands.
    ...(command?.name === wantsPerson.command && { content: wantsPerson.words }),
    timestamp: message.date,
    replyToId: repliedTo(message),
    channelMetadata: {
      username: from.username,
      language: from.language_code,
      chatTitle: chat.title,
      mediaGroup: message.media_group_id,
      command: command && { name: command.name, argument: command.argument },
      location: message.venue?.location ?? message.location,
      contact: message.contact,
    },
  };
}

// All that is written in a topic "replies" to the message that opened it.
function repliedTo({ chat, reply_to_message, message_thread_id }: TelegramMessage): string | undefined {
  const id = reply_to_message?.message_id;
  return id === undefined || id === message_thread_id ? undefined : externalIdOf(chat.id, id);
}

function editOf(message: TelegramMessage): Edit | undefined {
  const content = contentOf(message);
  // A live location is edited every few seconds while its sender walks.
  if (message.from?.is_bot === true || message.location !== undefined || content === undefined)
    return undefined;
  return {
    kind: "edit",
    externalId: externalIdOf(message.chat.id, message.message_id),
    threadKey: threadOf(message).key,
    content: content.content,
    at: message.edit_date ?? message.date,
  };
}

// A press says nothing in words: the button's title is what the customer meant.
function pressOf({ id, from, message, data }: CallbackQuery, now: Date): UnifiedMessage | undefined {
  if (message === undefined || data === undefined || from.is_bot === true) return undefined;
  const buttons = message.reply_markup?.inline_keyboard?.flat() ?? [];
  const pressed = buttons.find(({ callback_data }) => callback_data === data);
  return {
    kind: "message",
    externalId: `callback:${id}`,
    thread: threadOf(message),
    senderId: from.id,
    senderName: fullName(from),
    content: pressed?.text ?? data,
    contentType: "text",
    timestamp: now,
    replyToId: externalIdOf(message.chat.id, message.message_id),
    channelMetadata: { callback: { id, data }, username: from.username, language: from.language_code },
  };
}

function reactionOf(reaction: MessageReaction): Reaction | undefined {
  const { chat, message_id, user, actor_chat, date, new_reaction } = reaction;
  const sender = user ?? actor_chat;
  if (sender === undefined || user?.is_bot === true) return undefined;
  const last = new_reaction.at(-1);
  return {
    kind: "reaction",
    externalId: externalIdOf(chat.id, message_id),
    // Telegram does not tell the topic here: the message's id decides.
    threadKey: chat.id,
    senderId: sender.id,
    // Paid and custom reactions are pictures without a character of their own.
    emoji: last && (last.emoji ?? "⭐"),
    at: date,
  };
}

const standings: Record<string, Action["name"]> = {
  kicked: "blocked",
  left: "blocked",
  member: "unblocked",
  administrator: "unblocked",
};

function membershipOf({ chat, date, new_chat_member }: MyChatMember): Action | undefined {
  const name = standings[new_chat_member.status];
  if (name === undefined || chat.type === "channel") return undefined;
  const who = chat.type === "private" ? { senderId: chat.id } : {};
  return { kind: "action", name, threadKey: chat.id, ...who, at: date };
}
