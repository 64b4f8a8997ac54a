import { placeWords } from "#channels/place";
import type { RemoteFile, UnifiedMessage } from "#contracts/channel";
import type { Attachment, Message } from "./payload.ts";

type Content = Pick<UnifiedMessage, "content" | "contentType" | "attachments" | "channelMetadata">;

const files: Record<string, RemoteFile["type"]> = {
  image: "image",
  sticker: "image",
  audio: "audio",
  video: "video",
  file: "document",
};

/** Reads what a message says; undefined where it says nothing at all. */
export function contentOf({ text, attachments, quick_reply, referral }: Message): Content | undefined {
  const found = uniqueFiles(attachments);
  const words = [text, ...attachments.map(wordsOf)].filter(Boolean).join("\n");
  if (words === "" && found.length === 0) return undefined;
  const details = {
    ...(quick_reply && { buttonId: quick_reply.payload }),
    ...(attachments.some(isSticker) && { sticker: true }),
    ...(referral && { referral }),
  };
  return {
    content: words,
    contentType: found[0]?.type ?? "text",
    attachments: found.length > 0 ? found : undefined,
    channelMetadata: Object.keys(details).length > 0 ? details : undefined,
  };
}

// A sticker used to come twice, as a picture and as a sticker, with one address.
function uniqueFiles(attachments: readonly Attachment[]): RemoteFile[] {
  const byUrl = new Map<string, RemoteFile>();
  for (const { type, payload } of attachments) {
    const kind = files[type];
    const url = payload?.url;
    if (kind !== undefined && url) byUrl.set(url, { type: kind, locator: { url } });
  }
  return [...byUrl.values()].slice(0, 20);
}

/** Tells in words what is no file: a place, a shared link, a post, a template. */
function wordsOf({ type, title, url, payload }: Attachment): string {
  if (files[type] !== undefined && payload?.url) return "";
  if (payload?.coordinates) {
    const { lat: latitude, long: longitude } = payload.coordinates;
    return placeWords({ latitude, longitude, name: title ?? undefined });
  }
  const named = [title ?? payload?.title, payload?.url ?? url].filter(Boolean).join(" ");
  return `📎 ${named || type}`;
}

function isSticker({ type, payload }: Attachment): boolean {
  return type === "sticker" || Boolean(payload?.sticker_id);
}
