import { z } from "zod";
import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { askForFile, foreignHost, notGiven } from "#channels/media";
import type { RemoteFile } from "#contracts/channel";
import { ask } from "./client.ts";
import { remoteFile } from "./content.ts";
import { SlackFile } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** Fetches a customer's file, from Slack's own hosts alone. Throws `DeliveryFailure`. */
export async function download(file: RemoteFile, settings: Settings, outside: Outside): Promise<Downloaded> {
  const found = file.locator.url === undefined ? await lookUp(file, settings, outside) : file;
  const url = found.locator.url ?? "";
  if (!isSlackAddress(url, outside)) throw foreignHost("Slack");
  const headers = { authorization: `Bearer ${settings.botToken}` };
  const answer = await askForFile({ url, headers, label: "Slack" }, outside);
  const mediaType = answer.headers.get("content-type")?.split(";")[0];
  // Without the permission Slack leads to its sign-in page, or answers 200 with it.
  const signIn = mediaType === "text/html" && found.mediaType !== "text/html";
  if (signIn || (answer.status >= 300 && answer.status < 400)) {
    const words = "Slack did not hand the file over: the app needs the permission files:read.";
    throw new DeliveryFailure("permanent", "sign_in_page", words);
  }
  if (answer.status !== 200) throw notGiven(answer, "Slack", outside);
  return { bytes: answer.body, mediaType: mediaType ?? found.mediaType, name: found.name };
}

/** Says whether an address is one of Slack's file hosts, or of the place that stands in for Slack. */
export function isSlackAddress(address: string, outside: Outside): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === "https://files.slack.com" || url.origin === new URL(outside.bases.slackApi).origin;
}

async function lookUp(file: RemoteFile, settings: Settings, outside: Outside): Promise<RemoteFile> {
  const answer = z.looseObject({ file: SlackFile });
  const asked = await ask("files.info", { file: file.locator.id }, answer, settings, outside);
  return remoteFile(asked.file);
}
