import type { Opts } from "telegraf/types";
import { z } from "zod";
import type { Outgoing, OutgoingContent, Outside, Sent } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { Thread } from "#contracts/channel";
import { hashToken } from "#lib/crypto";
import { externalIdOf, messageNumberOf, placeOf } from "./address.ts";
import { call } from "./client.ts";
import type { TelegramSettings } from "./settings.ts";
import { upload } from "./upload.ts";

type Text = Extract<OutgoingContent, { type: "text" }>;

const Id = z.union([z.string(), z.number()]).transform(String);
const TakenMessage = z.looseObject({ message_id: Id, chat: z.looseObject({ id: Id }) });

/** Sends one part to its chat or topic (core.telegram.org/bots/api, "sendMessage"). */
export async function send(outgoing: Outgoing, config: TelegramSettings, outside: Outside): Promise<Sent> {
  const taken = TakenMessage.safeParse(await take(outgoing, config, outside));
  if (taken.success) return { externalId: externalIdOf(taken.data.chat.id, taken.data.message_id) };
  throw new DeliveryFailure("unknown", "answer", "Telegram's answer does not say whether it arrived.");
}

/** Shows for five seconds that somebody writes (core.telegram.org/bots/api, "sendChatAction"). */
export async function typing(thread: Thread, config: TelegramSettings, outside: Outside): Promise<void> {
  await call(config, outside, "sendChatAction", { ...placeOf(thread), action: "typing" });
}

function take(outgoing: Outgoing, config: TelegramSettings, outside: Outside): Promise<unknown> {
  const place = { ...placeOf(outgoing.thread), ...replyOf(outgoing) };
  const { content } = outgoing;
  if (content.type === "text") return sendText(content, place, config, outside);
  if (content.type === "file") return upload(content, place, config, outside);
  throw new DeliveryFailure("permanent", "template", "Telegram knows no templates: write it as a text.");
}

async function sendText(
  content: Text,
  place: ReturnType<typeof placeOf>,
  config: TelegramSettings,
  outside: Outside,
): Promise<unknown> {
  const rest = { ...place, ...keyboardOf(content) };
  try {
    const formatted: Opts<"sendMessage"> = { ...rest, text: content.text, parse_mode: "HTML" };
    return await call(config, outside, "sendMessage", formatted);
  } catch (error) {
    // What Telegram cannot read it did not take, so the same words may go out once more without their formatting.
    if (!(error instanceof DeliveryFailure && error.code === "400:markup")) throw error;
    return call(config, outside, "sendMessage", { ...rest, text: content.plain });
  }
}

function replyOf({ replyToId, thread }: Outgoing): Pick<Opts<"sendMessage">, "reply_parameters"> {
  const message_id = replyToId === undefined ? undefined : messageNumberOf(replyToId, thread);
  if (message_id === undefined) return {};
  return { reply_parameters: { message_id, allow_sending_without_reply: true } };
}

function keyboardOf({ buttons = [] }: Text): Pick<Opts<"sendMessage">, "reply_markup"> {
  if (buttons.length === 0) return {};
  // Beneath each other: a phone cuts titles that share a row.
  const rows = buttons.map(({ id, title }) => [{ text: title, callback_data: dataOf(id) }]);
  return { reply_markup: { inline_keyboard: rows } };
}

// Telegram takes 64 bytes; a longer id goes as its digest, and a press is still read by the button's title.
function dataOf(id: string): string {
  return Buffer.byteLength(id) <= 64 ? id : hashToken(id);
}
