import { z } from "zod";
import { jsonIn, jsonOf, readAs } from "#channels/json";
import { FileName, Id, Seconds } from "#channels/values";

const User = z.looseObject({
  id: Id,
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const Chat = z.looseObject({ id: Id, type: z.string(), title: z.string().optional() });

const TelegramFile = z.looseObject({
  file_id: z.string(),
  file_name: FileName.optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
});

/** A file that lies with Telegram. */
export type TelegramFile = z.output<typeof TelegramFile>;

const Sticker = TelegramFile.extend({
  emoji: z.string().optional(),
  is_animated: z.boolean().optional(),
  is_video: z.boolean().optional(),
  thumbnail: TelegramFile.optional(),
});

const Entity = z.looseObject({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: User.optional(),
});

const Location = z.looseObject({ latitude: z.number(), longitude: z.number() });

const Contact = z.looseObject({
  phone_number: z.string(),
  first_name: z.string(),
  last_name: z.string().optional(),
});

const Keyboard = z.looseObject({
  inline_keyboard: z
    .array(z.array(z.looseObject({ text: z.string(), callback_data: z.string().optional() })))
    .optional(),
});

const Message = z.looseObject({
  message_id: Id,
  date: Seconds,
  edit_date: Seconds.optional(),
  chat: Chat,
  from: User.optional(),
  message_thread_id: Id.optional(),
  is_topic_message: z.boolean().optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z.looseObject({ message_id: Id, from: User.optional() }).optional(),
  reply_markup: Keyboard.optional(),
  text: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(Entity).optional(),
  photo: z.array(TelegramFile).optional(),
  voice: TelegramFile.optional(),
  audio: TelegramFile.optional(),
  video: TelegramFile.optional(),
  video_note: TelegramFile.optional(),
  animation: TelegramFile.optional(),
  document: TelegramFile.optional(),
  sticker: Sticker.optional(),
  location: Location.optional(),
  venue: z.looseObject({ location: Location, title: z.string(), address: z.string() }).optional(),
  contact: Contact.optional(),
  dice: z.looseObject({ emoji: z.string(), value: z.number() }).optional(),
  poll: z
    .looseObject({ question: z.string(), options: z.array(z.looseObject({ text: z.string() })) })
    .optional(),
});

/** What somebody wrote, or what happened in a chat. */
export type TelegramMessage = z.output<typeof Message>;

const CallbackQuery = z.looseObject({
  id: Id,
  from: User,
  message: Message.optional(),
  data: z.string().optional(),
});

/** A press on a button under a message. */
export type CallbackQuery = z.output<typeof CallbackQuery>;

const MessageReaction = z.looseObject({
  chat: Chat,
  message_id: Id,
  user: User.optional(),
  actor_chat: Chat.optional(),
  date: Seconds,
  new_reaction: z.array(z.looseObject({ type: z.string(), emoji: z.string().optional() })),
});

/** The reactions of somebody to a message, all that are left. */
export type MessageReaction = z.output<typeof MessageReaction>;

const MyChatMember = z.looseObject({
  chat: Chat,
  date: Seconds,
  new_chat_member: z.looseObject({ status: z.string() }),
});

/** What the bot has become in a chat. */
export type MyChatMember = z.output<typeof MyChatMember>;

const Update = z.looseObject({
  update_id: Id,
  message: Message.optional(),
  edited_message: Message.optional(),
  callback_query: CallbackQuery.optional(),
  message_reaction: MessageReaction.optional(),
  my_chat_member: MyChatMember.optional(),
});
type Update = z.output<typeof Update>;

/** Reads the body of a delivery. Throws where it is no update (core.telegram.org/bots/api, "Update"). */
export function readUpdate(rawBody: Buffer): Update {
  return readAs(Update, jsonOf(rawBody));
}

const Envelope = z.looseObject({ update_id: Id, callback_query: z.looseObject({ id: Id }).optional() });

/** The little that every update must hold, also one whose rest cannot be read; undefined for what is no update. */
export function envelopeOf(rawBody: Buffer): z.output<typeof Envelope> | undefined {
  return Envelope.safeParse(jsonIn(rawBody)).data;
}
