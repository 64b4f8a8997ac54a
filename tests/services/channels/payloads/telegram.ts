import type { Payload } from "#support/channel-contract";

// Shapes as in core.telegram.org/bots/api, "Update" and "Message".

/** The bot that these deliveries are for. */
export const bot = { id: 7_000_000_001, is_bot: true, first_name: "Acme", username: "AcmeBot" };

const person = { id: 5_000_000_001, first_name: "Ada", last_name: "Byron", username: "ada" };
const ada = { ...person, is_bot: false, language_code: "en" };
const chat = { ...person, type: "private" };
const group = { id: -1_001_234_567_890, title: "Acme friends", type: "supergroup", is_forum: true };
const date = 1_764_000_000;
const at = new Date(date * 1_000);

/** A message of Ada's to the bot, in an update of its own. */
export const message = (rest: object, update_id: number | string = 10_001) => ({
  update_id,
  message: { message_id: 42, from: ada, chat, date, ...rest },
});

const inGroup = (rest: object) => message({ chat: group, ...rest });

const file = (id: string, rest: object = {}) => {
  return { file_id: id, file_unique_id: `u-${id}`, file_size: 2_048, ...rest };
};

const tells = (name: string, body: unknown, ...expects: Record<string, unknown>[]): Payload => {
  return { name, body, expects };
};

const reads = (name: string, body: unknown, expected: object): Payload =>
  tells(name, body, { kind: "message", ...expected });

export const payloads: Payload[] = [
  reads("a text with who wrote it, where and when", message({ text: "Where is my order?" }), {
    externalId: "5000000001:42",
    thread: { key: "5000000001", kind: "direct", address: { chatId: "5000000001" } },
    senderId: "5000000001",
    senderName: "Ada Byron",
    content: "Where is my order?",
    contentType: "text",
    timestamp: at,
    channelMetadata: { username: "ada", language: "en" },
  }),
  reads(
    "a reply",
    message({
      text: "This one",
      reply_to_message: { message_id: 40, from: bot, chat, date, text: "?" },
    }),
    { replyToId: "5000000001:40" },
  ),
  reads(
    "a deep link's command",
    message({ text: "/start order-17", entities: [{ type: "bot_command", offset: 0, length: 6 }] }),
    {
      content: "/start order-17",
      channelMetadata: { command: { name: "start", argument: "order-17" } },
    },
  ),
  reads(
    "the largest size of a photo, with its caption",
    message({
      photo: [file("small", { width: 90, height: 60 }), file("large", { width: 1_280, height: 853 })],
      caption: "It came broken",
      media_group_id: "album-1",
    }),
    {
      content: "It came broken",
      contentType: "image",
      attachments: [{ type: "image", mediaType: "image/jpeg", size: 2_048, locator: { fileId: "large" } }],
      channelMetadata: { mediaGroup: "album-1" },
    },
  ),
  reads(
    "a voice message without words",
    message({ voice: file("voice", { duration: 3, mime_type: "audio/ogg" }) }),
    { content: "", contentType: "audio", attachments: [{ mediaType: "audio/ogg" }] },
  ),
  reads(
    "a piece of music",
    message({ audio: file("audio", { duration: 9, mime_type: "audio/mpeg", file_name: "hold.mp3" }) }),
    { contentType: "audio", attachments: [{ name: "hold.mp3", mediaType: "audio/mpeg" }] },
  ),
  reads(
    "a video",
    message({ video: file("video", { width: 1, height: 1, duration: 2, mime_type: "video/mp4" }) }),
    { contentType: "video", attachments: [{ locator: { fileId: "video" } }] },
  ),
  reads("a round video", message({ video_note: file("round", { length: 240, duration: 2 }) }), {
    contentType: "video",
    attachments: [{ mediaType: "video/mp4" }],
  }),
  reads(
    "an animation once, although it comes as a document too",
    message({
      animation: file("gif", { mime_type: "video/mp4" }),
      document: file("gif", { mime_type: "video/mp4" }),
    }),
    { contentType: "video", attachments: [{ type: "video", locator: { fileId: "gif" } }] },
  ),
  reads(
    "a document",
    message({ document: file("doc", { file_name: "invoice.pdf", mime_type: "application/pdf" }) }),
    {
      contentType: "document",
      attachments: [{ type: "document", name: "invoice.pdf", mediaType: "application/pdf" }],
    },
  ),
  reads(
    "a sticker",
    message({ sticker: file("sticker", { emoji: "👍", is_animated: false, is_video: false }) }),
    { content: "👍", contentType: "image", attachments: [{ mediaType: "image/webp" }] },
  ),
  reads(
    "an animated sticker by its still picture",
    message({
      sticker: file("moving", { emoji: "🎉", is_animated: true, is_video: false, thumbnail: file("still") }),
    }),
    { content: "🎉", contentType: "image", attachments: [{ locator: { fileId: "still" } }] },
  ),
  reads("a location", message({ location: { latitude: 52.52, longitude: 13.405 } }), {
    content: "📍 Location (https://maps.google.com/?q=52.52,13.405)",
    contentType: "text",
  }),
  reads(
    "a venue with its name and address",
    message({
      location: { latitude: 52.52, longitude: 13.405 },
      venue: { location: { latitude: 52.52, longitude: 13.405 }, title: "Acme", address: "High Street 1" },
    }),
    { content: "📍 Acme, High Street 1 (https://maps.google.com/?q=52.52,13.405)" },
  ),
  reads(
    "a contact",
    message({ contact: { phone_number: "+15550100", first_name: "Grace", last_name: "Hopper" } }),
    { content: "👤 Grace Hopper, +15550100" },
  ),
  reads("dice", message({ dice: { emoji: "🎲", value: 4 } }), { content: "🎲 4" }),
  reads(
    "a poll",
    message({ poll: { id: "1", question: "Which?", options: [{ text: "Red" }, { text: "Blue" }] } }),
    { content: "📊 Which?\n• Red\n• Blue" },
  ),
  reads("a story, which cannot be shown, as words", message({ story: { chat, id: 3 } }), {
    content: "(Sent a story, which cannot be shown here.)",
  }),
  reads(
    "a pressed button by its title",
    {
      update_id: 10_002,
      callback_query: {
        id: "4382bfdwdsb323b2d9",
        from: ada,
        chat_instance: "1",
        data: "track",
        message: {
          message_id: 41,
          from: bot,
          chat,
          date,
          text: "What can I do?",
          reply_markup: { inline_keyboard: [[{ text: "Track my order", callback_data: "track" }]] },
        },
      },
    },
    {
      externalId: "callback:4382bfdwdsb323b2d9",
      content: "Track my order",
      senderId: "5000000001",
      replyToId: "5000000001:41",
      channelMetadata: { callback: { data: "track" } },
    },
  ),
  reads(
    "a pressed button of a message that is too old to be shown",
    {
      update_id: 10_003,
      callback_query: { id: "9", from: ada, data: "track", message: { message_id: 4, chat, date: 0 } },
    },
    { content: "track", thread: { key: "5000000001" } },
  ),
  tells("an edit", edited({ text: "Order 17, I mean" }), {
    kind: "edit",
    externalId: "5000000001:42",
    threadKey: "5000000001",
    content: "Order 17, I mean",
    at: new Date((date + 60) * 1_000),
  }),
  tells(
    "nothing each time a live location moves",
    edited({ location: { latitude: 1, longitude: 2, live_period: 900 } }),
  ),
  tells("a reaction", reacted([], [{ type: "emoji", emoji: "❤" }]), {
    kind: "reaction",
    externalId: "5000000001:41",
    threadKey: "5000000001",
    senderId: "5000000001",
    emoji: "❤",
    at,
  }),
  tells("a reaction that was taken back", reacted([{ type: "emoji", emoji: "❤" }], []), {
    kind: "reaction",
    externalId: "5000000001:41",
    emoji: undefined,
  }),
  tells("that the customer blocked the bot", membership("kicked"), {
    kind: "action",
    name: "blocked",
    threadKey: "5000000001",
    senderId: "5000000001",
    at,
  }),
  tells("that the customer let the bot in again", membership("member"), {
    kind: "action",
    name: "unblocked",
    senderId: "5000000001",
  }),
  reads(
    "a mention in a topic of a group, as a conversation of its own",
    inGroup({
      text: "@acmebot where is it?",
      entities: [{ type: "mention", offset: 0, length: 8 }],
      message_thread_id: 7,
      is_topic_message: true,
      reply_to_message: { message_id: 7, from: ada, forum_topic_created: { name: "Orders" } },
    }),
    {
      externalId: "-1001234567890:42",
      thread: { key: "-1001234567890:7", kind: "group", address: { chatId: "-1001234567890", topicId: "7" } },
      replyToId: undefined,
      channelMetadata: { chatTitle: "Acme friends" },
    },
  ),
  reads(
    "a mention behind an emoji of two UTF-16 units",
    inGroup({ text: "👋 @AcmeBot hi", entities: [{ type: "mention", offset: 3, length: 8 }] }),
    { content: "👋 @AcmeBot hi", thread: { key: "-1001234567890" } },
  ),
  reads(
    "a reply to the bot in a group",
    inGroup({ text: "Still broken", reply_to_message: { message_id: 41, from: bot } }),
    { replyToId: "-1001234567890:41" },
  ),
  reads(
    "a command for this bot in a group",
    inGroup({ text: "/help@AcmeBot", entities: [{ type: "bot_command", offset: 0, length: 13 }] }),
    { channelMetadata: { command: { name: "help" } } },
  ),
  tells(
    "nothing from a command for another bot",
    inGroup({ text: "/help@OtherBot", entities: [{ type: "bot_command", offset: 0, length: 14 }] }),
  ),
  tells("nothing from people who talk among themselves in a group", inGroup({ text: "Lunch?" })),
  tells(
    "nothing from a service message",
    inGroup({ new_chat_members: [bot], reply_to_message: { message_id: 41, from: bot } }),
  ),
  tells("nothing from another bot", message({ from: { ...bot, id: 9 }, text: "beep" })),
  tells("nothing from a channel's post", {
    update_id: 10_010,
    channel_post: { message_id: 1, chat: { id: -1, type: "channel" }, date, text: "News" },
  }),
];

function edited(rest: object): object {
  const edited_message = { message_id: 42, from: ada, chat, date, edit_date: date + 60, ...rest };
  return { update_id: 10_004, edited_message };
}

function reacted(old_reaction: object[], new_reaction: object[]): object {
  const message_reaction = { chat, message_id: 41, user: ada, date, old_reaction, new_reaction };
  return { update_id: 10_006, message_reaction };
}

function membership(status: string): object {
  return {
    update_id: 10_008,
    my_chat_member: {
      chat,
      from: ada,
      date,
      old_chat_member: { user: bot, status: status === "member" ? "kicked" : "member" },
      new_chat_member: { user: bot, status, until_date: 0 },
    },
  };
}
