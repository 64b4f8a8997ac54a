import type { Customer, Delivery } from "#support/channel-story";
import type { FakeTelegram } from "#support/fake-telegram";

/** The bot that customers write to. */
export const settings = {
  botToken: "666:AA-story_key",
  webhookSecret: "hook-secret",
  botUsername: "acme_help_bot",
};

const bot = { id: 666, is_bot: true, first_name: "Acme", username: settings.botUsername };
let updates = 9_000;

/** An update, as Telegram posts it. */
export function update(fields: Record<string, unknown>): Delivery {
  updates += 1;
  return {
    headers: {
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": settings.webhookSecret,
    },
    body: JSON.stringify({ update_id: updates, ...fields }),
  };
}

/** Somebody who writes to the bot alone. */
export function aTelegramCustomer(fake: FakeTelegram, id: number) {
  let written = 0;
  const chat = { id, type: "private", first_name: "Ada" };
  const from = { id, is_bot: false, first_name: "Ada", language_code: "en" };
  const date = () => Math.floor(Date.now() / 1_000);
  const ours = () => fake.calls.filter(({ fields }) => fields.chat_id === String(id));
  const message = (fields: Record<string, unknown>) => {
    written += 1;
    return update({ message: { message_id: written, date: date(), chat, from, ...fields } });
  };
  return {
    chat,
    from,
    message,
    says: (text) => message({ text }),
    presses(title, part) {
      const reply_markup = { inline_keyboard: [[{ text: title, callback_data: title }]] };
      const asked = { message_id: Number(part.id), date: date(), chat, from: bot, reply_markup };
      return update({ callback_query: { id: crypto.randomUUID(), from, message: asked, data: title } });
    },
    shows(picture, caption) {
      const file_id = crypto.randomUUID();
      fake.files.set(file_id, { path: `photos/${file_id}.png`, bytes: picture });
      return message({ caption, photo: [{ file_id: "small" }, { file_id }] });
    },
    received: () =>
      ours()
        .filter(({ method, result }) => /^send(?!Chat)/.test(method) && result !== undefined)
        .map(({ fields, files, result }) => ({
          id: String((result as { message_id: number }).message_id),
          text: String(fields.text ?? ""),
          buttons: titlesOf(fields.reply_markup),
          file: Object.keys(files).length > 0,
        })),
    sawTyping: () => ours().filter(({ method }) => method === "sendChatAction").length,
  } satisfies Customer & Record<string, unknown>;
}

function titlesOf(markup: unknown): string[] {
  const { inline_keyboard = [] } = (markup ?? {}) as { inline_keyboard?: { text: string }[][] };
  return inline_keyboard.flat().map(({ text }) => text);
}
