import { z } from "zod";
import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure, networkFailure } from "#channels/failure";
import type { RemoteFile } from "#contracts/channel";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import type { Activity, TeamsAttachment } from "./activity.ts";
import { hostOf, isReachable } from "./reachable.ts";
import type { TeamsSettings } from "./settings.ts";
import { withToken } from "./token.ts";

/** What Teams calls a file that a person sent to the bot (learn.microsoft.com, "Send and receive files through a bot"). */
const uploaded = "application/vnd.microsoft.teams.file.download.info";
const longestAddress = 4_096;
const mostBytes = 25 * 1_048_576;

const Uploaded = z.looseObject({ downloadUrl: z.url().max(longestAddress), fileType: z.string().nullish() });

const Locator = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("uploaded"), url: z.url() }),
  z.object({ kind: z.literal("inline"), url: z.url(), serviceUrl: z.url() }),
]);

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
  const { contentType, contentUrl: url } = attachment;
  const name = attachment.name?.slice(0, 255);
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
  return title.slice(0, 500);
}

/** Fetches a file of a customer, from Teams and SharePoint alone. Throws `DeliveryFailure`. */
export async function download(
  file: RemoteFile,
  config: TeamsSettings,
  outside: Outside,
): Promise<Downloaded> {
  const locator = Locator.parse(file.locator);
  if (locator.kind === "uploaded") {
    if (!isFileHost(locator.url, outside)) throw foreign();
    // The address carries its own permission, so that our token has no business there.
    return downloaded(file, await get(locator.url, {}, outside));
  }
  const sameHost = new URL(locator.url).origin === new URL(locator.serviceUrl).origin;
  if (!sameHost || !isReachable(locator.url, outside)) throw foreign();
  return await withToken(config, outside, async (token) =>
    downloaded(file, await get(locator.url, { authorization: `Bearer ${token}` }, outside)),
  );
}

function foreign(): DeliveryFailure {
  return new DeliveryFailure("permanent", "foreign_host", "The file does not lie with Microsoft.");
}

/** SharePoint and OneDrive keep the files of chats, in each of Microsoft's clouds. */
function isFileHost(address: string, outside: Outside): boolean {
  if (!isReachable(address, outside)) return false;
  const url = new URL(address);
  return (
    /\.sharepoint(-df)?\.(com|us|cn|de)$/.test(url.hostname) || outside.privateHosts.includes(hostOf(url))
  );
}

async function get(url: string, headers: Record<string, string>, outside: Outside): Promise<OutboundAnswer> {
  // No redirect is followed: it could lead away from the hosts that were just checked.
  const asked = { url, headers, maxBytes: mostBytes, timeoutMs: 60_000, privateHosts: outside.privateHosts };
  const answer = await outbound(asked).catch((error: unknown) => {
    throw unread(error);
  });
  if (answer.status === 200) return answer;
  if (answer.status === 401 && "authorization" in headers) {
    throw new DeliveryFailure("revoked", "401", "Teams no longer accepts the app's credentials.");
  }
  const passing = answer.status === 429 || answer.status >= 500;
  const words = passing ? "The file cannot be fetched right now." : "The file is no longer available.";
  throw new DeliveryFailure(passing ? "passing" : "permanent", String(answer.status), words);
}

function unread(error: unknown): DeliveryFailure {
  const { code } = networkFailure(error, "Teams");
  if (code === "too_large" || code === "private_address") {
    return new DeliveryFailure("permanent", code, "The file is too large or not reachable.", {
      cause: error,
    });
  }
  // Fetching again does no harm, whether or not the first request arrived.
  return new DeliveryFailure("passing", code, "The file cannot be fetched right now.", { cause: error });
}

function downloaded(file: RemoteFile, { body, headers }: OutboundAnswer): Downloaded {
  const told = headers.get("content-type")?.split(";")[0];
  return { bytes: body, mediaType: told ?? file.mediaType, name: file.name };
}
