import type { Downloaded, Outside } from "#channels/channel";
import { fetchFile } from "#channels/media";
import type { RemoteFile } from "#contracts/channel";
import { askable } from "./client.ts";
import type { Settings } from "./settings.ts";

/** Fetches a file from the public address that it came with, without any credential. Throws `DeliveryFailure`. */
export async function download(
  { locator, mediaType, name }: RemoteFile,
  _settings: Settings,
  outside: Outside,
): Promise<Downloaded> {
  const url = askable(locator.url ?? "", outside);
  const label = "The file's server";
  const { body, headers } = await fetchFile({ url, label, redirects: 3 }, outside);
  return { bytes: body, mediaType: headers.get("content-type") ?? mediaType, name };
}
