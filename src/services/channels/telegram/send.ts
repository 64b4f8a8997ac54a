import type { Opts } from "telegraf/types";
import { z } from "zod";
import type { Outgoing, OutgoingText, Outside, Sent } from "#channels/channel";
import { DeliveryFailure, noTemplates, unreadableAnswer } from "#channels/failure";
import { Id } from "#channels/values";
import type { Thread } from "#contracts/channel";
import { hashToken } from "#lib/crypto";
import { ask } from "./client.ts";
import type { Settings } from "./settings.ts";
import { externalIdOf, messageNumberOf, placeOf } from "./thread.ts";
import { upload } from "./upload.ts";

const TakenMessage = z.looseObject({ message_id: Id, chat: z.looseObject({ id: Id }) });

/** Sends one part (core.telegram.org/bots/api, "sendMessage"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const taken = TakenMessage.safeParse(await take(outgoing, settings, outside));
  if (taken.success) return { externalId: externalIdOf(taken.data.chat.id, taken.data.message_id) };
  throw unreadableAnswer("Telegram");
}

/** Shows for five seconds that somebody writes (core.telegram.org/bots/api, "sendChatAction"). */
export async function typing(thread: Thread, settings: Settings, outside: Outside): Promise<void> {
  await ask("sendChatAction", { ...placeOf(thread), action: "typing" }, settings, outside);
}

function take(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<unknown> {
  const place = { ...placeOf(outgoing.thread), ...replyOf(outgoing) };
  const { content } = outgoing;
  if (content.type === "text") return sendText(content, place, settings, outside);
  if (content.type === "file") return upload(content, place, settings, outside);
  throw noTemplates("Telegram");
}

async function sendText(
  content: OutgoingText,
  place: ReturnType<typeof placeOf>,
  settings: Settings,
  outside: Outside,
): Promise<unknown> {
  const rest = { ...place, ...keyboardOf(content) };
  try {
    const formatted: Opts<"sendMessage"> = { ...rest, text: content.text, parse_mode: "HTML" };
    return await ask("sendMessage", formatted, settings, outside);
  } catch (error) {
    // What Telegram cannot read it did not take, so the same words may go out once more without their formatting.
    if (!(error instanceof DeliveryFailure && error.code === "400:markup")) throw error;
    return ask("sendMessage", { ...rest, text: content.plain }, settings, outside);
  }
}

function replyOf({ replyToId, thread }: Outgoing): Pick<Opts<"sendMessage">, "reply_parameters"> {
  const message_id = replyToId === undefined ? undefined : messageNumberOf(replyToId, thread);
  if (message_id === undefined) return {};
  return { reply_parameters: { message_id, allow_sending_without_reply: true } };
}

function keyboardOf({ buttons = [] }: OutgoingText): Pick<Opts<"sendMessage">, "reply_markup"> {
  if (buttons.length === 0) return {};
  // Beneath each other: a phone cuts titles that share a row.
  const rows = buttons.map(({ id, title }) => [{ text: title, callback_data: dataOf(id) }]);
  return { reply_markup: { inline_keyboard: rows } };
}

// Telegram takes 64 bytes; a longer id goes as its digest, and a press is still read by the button's title.
function dataOf(id: string): string {
  return Buffer.byteLength(id) <= 64 ? id : hashToken(id);
}
