import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { RemoteFile } from "#contracts/channel";
import { outbound } from "#lib/outbound-http";
import { apiRootOf, call } from "./client.ts";
import { readingFailure } from "./failures.ts";
import type { TelegramSettings } from "./settings.ts";

// What Telegram lets a bot fetch.
const mostBytes = 20 * 1024 * 1024;

/** Fetches a customer's file from the Bot API's own host (core.telegram.org/bots/api, "getFile"). Throws `DeliveryFailure`. */
export async function download(
  file: RemoteFile,
  config: TelegramSettings,
  outside: Outside,
): Promise<Downloaded> {
  const steps = await placeOf(file, config, outside);
  const answer = await outbound({
    // The token stands in this address, so no redirect is followed.
    url: `${apiRootOf(outside.bases)}file/bot${config.botToken}/${steps.map(encodeURIComponent).join("/")}`,
    maxBytes: mostBytes,
    timeoutMs: 60_000,
    privateHosts: outside.privateHosts,
  }).catch((error: unknown) => {
    throw readingFailure(error);
  });
  if (answer.status !== 200) {
    const kind = answer.status >= 500 ? "passing" : "permanent";
    throw new DeliveryFailure(kind, String(answer.status), "Telegram did not hand out the file.");
  }
  return { bytes: answer.body, mediaType: file.mediaType, name: file.name ?? steps.at(-1) };
}

// Only a path beneath the bot's own folder: a local Bot API server answers with places on its disk.
async function placeOf(
  { locator }: RemoteFile,
  config: TelegramSettings,
  outside: Outside,
): Promise<string[]> {
  const asked = call(config, outside, "getFile", { file_id: locator.fileId ?? "" });
  const { file_path = "" } = await asked.catch((error: unknown) => {
    throw readingFailure(error);
  });
  const steps = file_path.split("/");
  if (!steps.some((step) => /^\.{0,2}$/.test(step))) return steps;
  throw new DeliveryFailure("permanent", "file_path", "Telegram did not say where the file lies.");
}
