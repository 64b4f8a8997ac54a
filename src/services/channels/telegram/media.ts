import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { fetchFile } from "#channels/media";
import type { RemoteFile } from "#contracts/channel";
import { apiRootOf, ask } from "./client.ts";
import type { Settings } from "./settings.ts";

/** Fetches a customer's file from the Bot API's own host (core.telegram.org/bots/api, "getFile"). Throws `DeliveryFailure`. */
export async function download(file: RemoteFile, settings: Settings, outside: Outside): Promise<Downloaded> {
  const steps = await placeOf(file, settings, outside);
  const path = steps.map(encodeURIComponent).join("/");
  // The token stands in this address, so no redirect is followed.
  const url = `${apiRootOf(outside.bases)}file/bot${settings.botToken}/${path}`;
  const { body } = await fetchFile({ url, label: "Telegram" }, outside);
  return { bytes: body, mediaType: file.mediaType, name: file.name ?? steps.at(-1) };
}

// Only a path beneath the bot's own folder: a local Bot API server answers with places on its disk.
async function placeOf({ locator }: RemoteFile, settings: Settings, outside: Outside): Promise<string[]> {
  const { file_path = "" } = await ask("getFile", { file_id: locator.fileId ?? "" }, settings, outside);
  const steps = file_path.split("/");
  if (!steps.some((step) => /^\.{0,2}$/.test(step))) return steps;
  throw new DeliveryFailure("permanent", "file_path", "Telegram did not say where the file lies.");
}
