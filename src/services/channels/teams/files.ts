import { z } from "zod";
import { cut } from "#channels/words";
import type { RemoteFile } from "#contracts/channel";
import type { Activity, TeamsAttachment } from "./payload.ts";

/** What Teams calls a file that a person sent to the bot (learn.microsoft.com, "Send and receive files through a bot"). */
const uploaded = "application/vnd.microsoft.teams.file.download.info";
const longestAddress = 4_096;

const Uploaded = z.looseObject({ downloadUrl: z.url().max(longestAddress), fileType: z.string().nullish() });

const Played = z.enum(["image", "audio", "video"]);

/** The files of an activity, and the names of what came with it that is neither a file nor its text over again. */
export function filesOf({ attachments = [], serviceUrl }: Activity): {
  files: RemoteFile[];
  others: string[];
} {
  const files: RemoteFile[] = [];
  const others: string[] = [];
  for (const attachment of attachments) {
    // A message with formatting brings its own text a second time.
    if (attachment.contentType.startsWith("text/html")) continue;
    const file = fileOf(attachment, serviceUrl);
    if (file === undefined) others.push(titleOf(attachment));
    else files.push(file);
  }
  return { files, others };
}

function fileOf(attachment: TeamsAttachment, serviceUrl: string): RemoteFile | undefined {
  const { contentType, contentUrl: url, name } = attachment;
  if (contentType === uploaded) {
    const { data } = Uploaded.safeParse(attachment.content);
    if (data === undefined) return undefined;
    const type = typeOf(data.fileType ?? name?.split(".").at(-1) ?? "");
    return { type, name, locator: { kind: "uploaded", url: data.downloadUrl } };
  }
  const { data: type } = Played.safeParse(contentType.split("/")[0]);
  if (type === undefined || url === undefined || url.length > longestAddress) return undefined;
  // Pasted pictures are announced as `image/*`, which is no type of a file.
  const mediaType = contentType.includes("*") ? undefined : contentType.slice(0, 255);
  return { type, name, mediaType, locator: { kind: "inline", url, serviceUrl } };
}

function typeOf(ending: string): RemoteFile["type"] {
  if (/^(jpe?g|png|gif|webp)$/i.test(ending)) return "image";
  if (/^(mp3|m4a|ogg|wav)$/i.test(ending)) return "audio";
  if (/^(mp4|mov|webm)$/i.test(ending)) return "video";
  return "document";
}

const Card = z.looseObject({ title: z.string().nullish(), text: z.string().nullish() });

function titleOf({ name, content, contentType }: TeamsAttachment): string {
  const { data: card } = Card.safeParse(content);
  const title = name || card?.title || card?.text || contentType;
  return cut(title, 500);
}
