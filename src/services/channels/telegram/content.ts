import { placeWords } from "#channels/place";
import { cut } from "#channels/words";
import type { RemoteFile, UnifiedMessage } from "#contracts/channel";
import type { TelegramFile, TelegramMessage } from "./payload.ts";

type Content = Pick<UnifiedMessage, "content" | "contentType" | "attachments">;

/**
 * Says in words and files what a message holds; undefined where a customer said nothing, as when a group was renamed
 * (core.telegram.org/bots/api, "Message").
 */
export function contentOf(message: TelegramMessage): Content | undefined {
  const file = fileOf(message);
  const words = message.text ?? message.caption ?? wordsOf(message);
  if (file !== undefined) {
    return { content: words ?? "", contentType: file.type, attachments: [file] };
  }
  if (words === undefined || words === "") return undefined;
  return { content: words, contentType: "text" };
}

function fileOf(message: TelegramMessage): RemoteFile | undefined {
  const { photo, voice, audio, video, video_note, animation, sticker, document } = message;
  // The sizes of one picture, the largest last.
  const picture = photo?.at(-1);
  if (picture !== undefined) return remote("image", picture, { mediaType: "image/jpeg" });
  if (voice !== undefined) return remote("audio", voice, { mediaType: "audio/ogg" });
  if (audio !== undefined) return remote("audio", audio);
  if (video !== undefined) return remote("video", video);
  if (video_note !== undefined) return remote("video", video_note, { mediaType: "video/mp4" });
  // Asked before `document`, which repeats the same file for older clients.
  if (animation !== undefined) return remote("video", animation, { mediaType: "video/mp4" });
  if (sticker !== undefined) return stickerOf(sticker);
  if (document !== undefined) return remote("document", document);
  return undefined;
}

function stickerOf(sticker: NonNullable<TelegramMessage["sticker"]>): RemoteFile {
  if (sticker.is_video === true) return remote("video", sticker, { mediaType: "video/webm" });
  if (sticker.is_animated !== true) return remote("image", sticker, { mediaType: "image/webp" });
  // No browser plays the vector format of animated stickers, so its still picture stands for it.
  if (sticker.thumbnail !== undefined) return remote("image", sticker.thumbnail);
  return remote("document", sticker, { mediaType: "application/x-tgsticker" });
}

function remote(
  type: RemoteFile["type"],
  file: TelegramFile,
  otherwise: { mediaType?: string } = {},
): RemoteFile {
  return {
    type,
    name: file.file_name,
    mediaType: file.mime_type?.slice(0, 255) ?? otherwise.mediaType,
    size: file.file_size,
    locator: { fileId: file.file_id },
  };
}

/** What a customer can send that is neither text nor a file we can fetch, and how it is called. */
const unshown: Record<string, string> = {
  checklist: "a checklist",
  game: "a game",
  giveaway: "a giveaway",
  invoice: "an invoice",
  paid_media: "paid media",
  story: "a story",
};

function wordsOf(message: TelegramMessage): string | undefined {
  const { venue, location, contact, dice, poll, sticker } = message;
  if (venue !== undefined)
    return placeWords({ ...venue.location, name: venue.title, address: venue.address });
  if (location !== undefined) return placeWords(location);
  if (contact !== undefined) return `👤 ${fullName(contact)}, ${contact.phone_number}`;
  if (dice !== undefined) return `${dice.emoji} ${dice.value}`;
  if (poll !== undefined)
    return [`📊 ${poll.question}`, ...poll.options.map(({ text }) => `• ${text}`)].join("\n");
  if (sticker !== undefined) return sticker.emoji;
  const kind = Object.keys(unshown).find((each) => message[each] !== undefined);
  return kind === undefined ? undefined : `(Sent ${unshown[kind]}, which cannot be shown here.)`;
}

/** A person's names as one, where Telegram knows any. */
export function fullName(person: {
  first_name?: string | undefined;
  last_name?: string | undefined;
}): string | undefined {
  const names = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return names === "" ? undefined : cut(names, 200);
}
