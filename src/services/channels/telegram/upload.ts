import type { Opts } from "telegraf/types";
import type { OutgoingFile, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { ask } from "./client.ts";
import type { Settings } from "./settings.ts";

type Place = Pick<Opts<"sendDocument">, "chat_id" | "message_thread_id" | "reply_parameters">;

// An upload of 50 MB takes longer than a text.
const timeoutMs = 60_000;
const photoBytes = 10 * 1024 * 1024;

/** Uploads a file as what Telegram shows best (core.telegram.org/bots/api, "Sending files"). */
export async function upload(
  file: OutgoingFile,
  place: Place,
  settings: Settings,
  outside: Outside,
): Promise<unknown> {
  const source = { source: file.bytes, filename: file.name.replace(/["\\/\p{Cc}]/gu, "_") };
  const common = { ...place, ...replyFieldOf(place), caption: file.caption };
  const asDocument = () => ask("sendDocument", { ...common, document: source }, settings, outside, timeoutMs);
  switch (shapeOf(file)) {
    case "photo":
      try {
        return await ask("sendPhoto", { ...common, photo: source }, settings, outside, timeoutMs);
      } catch (error) {
        // Telegram takes no very long or narrow picture as a photo, and says so before it took anything.
        if (error instanceof DeliveryFailure && error.code === "400:photo") return asDocument();
        throw error;
      }
    case "voice":
      return ask("sendVoice", { ...common, voice: source }, settings, outside, timeoutMs);
    case "audio":
      return ask("sendAudio", { ...common, audio: source }, settings, outside, timeoutMs);
    case "video":
      return ask("sendVideo", { ...common, video: source }, settings, outside, timeoutMs);
    case "document":
      return asDocument();
  }
}

type Shape = "photo" | "voice" | "audio" | "video" | "document";

// Formats that each method takes; all others go as documents (core.telegram.org/bots/api, "sendPhoto" and its siblings).
const shapes: Record<string, Shape> = {
  "image/jpeg": "photo",
  "image/png": "photo",
  "image/webp": "photo",
  "audio/ogg": "voice",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "video/mp4": "video",
};

function shapeOf({ mediaType, bytes }: OutgoingFile): Shape {
  const shape = shapes[mediaType.split(";")[0] ?? ""] ?? "document";
  return shape === "photo" && bytes.length > photoBytes ? "document" : shape;
}

// In a multipart body telegraf drops every object that is no file, so this one travels as the JSON it would become.
function replyFieldOf({ reply_parameters }: Place): Pick<Place, "reply_parameters"> {
  if (reply_parameters === undefined) return {};
  return { reply_parameters: JSON.stringify(reply_parameters) as unknown as typeof reply_parameters };
}
