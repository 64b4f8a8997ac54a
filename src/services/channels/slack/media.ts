import { z } from "zod";
import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { RemoteFile } from "#contracts/channel";
import { OutboundError, outbound } from "#lib/outbound-http";
import { ask } from "./client.ts";
import { repeatable, statusFailure } from "./failures.ts";
import { storable } from "./mrkdwn.ts";
import type { Settings } from "./settings.ts";

/** The largest file that goes in or out: Slack takes 1 GB, more than this does not pass within one try. */
export const maxFileBytes = 50_000_000;

/** A file as Slack describes it (docs.slack.dev, "file object"). */
export const SlackFile = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  subtype: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.output<typeof SlackFile>;

/** A file that lies with Slack; one of a shared channel has no address until `files.info` is asked ("check_file_info"). */
export function remoteFile(file: SlackFile): RemoteFile {
  const url = file.url_private_download ?? file.url_private ?? undefined;
  const name = file.name ?? file.title ?? undefined;
  return {
    type: kindOf(file),
    name: name === undefined ? undefined : storable(name.slice(0, 255)),
    mediaType: file.mimetype ?? undefined,
    size: file.size ?? undefined,
    locator: url === undefined ? { id: file.id } : { id: file.id, url },
  };
}

/** What is said of a file that cannot be fetched: it lies elsewhere, or is gone. Undefined where Slack has it. */
export function wordsForAbsent(file: SlackFile): string | undefined {
  const name = file.title ?? file.name ?? "A file";
  if (file.mode === "tombstone" || file.mode === "hidden_by_limit") return `📎 ${name} (no longer in Slack)`;
  if (file.is_external !== true && file.mode !== "external") return undefined;
  return `📎 ${name} (${file.url_private ?? "kept outside Slack"})`;
}

/** Fetches a customer's file, from Slack's own hosts alone. Throws `DeliveryFailure`. */
export async function download(file: RemoteFile, config: Settings, outside: Outside): Promise<Downloaded> {
  const found = file.locator.url === undefined ? await lookUp(file, config, outside) : file;
  const url = found.locator.url ?? "";
  if (!isSlackAddress(url, outside)) {
    throw new DeliveryFailure("permanent", "foreign_host", "The file does not lie with Slack.");
  }
  const answer = await fetchFile(url, config, outside);
  const mediaType = answer.headers.get("content-type")?.split(";")[0];
  // Without the permission Slack leads to its sign-in page, or answers 200 with it.
  const signIn = mediaType === "text/html" && found.mediaType !== "text/html";
  if (signIn || (answer.status >= 300 && answer.status < 400)) {
    const words = "Slack did not hand the file over: the app needs the permission files:read.";
    throw new DeliveryFailure("permanent", "sign_in_page", words);
  }
  if (answer.status !== 200) {
    throw repeatable(statusFailure(answer.status, answer.headers.get("retry-after")));
  }
  return { bytes: answer.body, mediaType: mediaType ?? found.mediaType, name: found.name };
}

/** Says whether an address is one of Slack's file hosts, or of the place that stands in for Slack. */
export function isSlackAddress(address: string, outside: Outside): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === "https://files.slack.com" || url.origin === new URL(outside.bases.slackApi).origin;
}

async function lookUp(file: RemoteFile, config: Settings, outside: Outside): Promise<RemoteFile> {
  const answer = z.looseObject({ file: SlackFile });
  const asked = await ask("files.info", { file: file.locator.id }, answer, config, outside);
  return remoteFile(asked.file);
}

async function fetchFile(url: string, { botToken }: Settings, outside: Outside) {
  try {
    return await outbound({
      url,
      headers: { authorization: `Bearer ${botToken}` },
      timeoutMs: 60_000,
      maxBytes: maxFileBytes,
      privateHosts: outside.privateHosts,
    });
  } catch (error) {
    if (error instanceof OutboundError && error.code === "too_large") {
      throw new DeliveryFailure("permanent", "too_large", "The file is larger than 50 MB.", { cause: error });
    }
    throw repeatable(error);
  }
}

function kindOf({ mimetype, subtype }: SlackFile): RemoteFile["type"] {
  if (subtype === "slack_audio") return "audio";
  const [family] = (mimetype ?? "").split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}
