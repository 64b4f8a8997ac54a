import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { RemoteFile } from "#contracts/channel";
import { OutboundError, outbound } from "#lib/outbound-http";
import { askable } from "./address.ts";
import { unanswered } from "./failures.ts";
import type { CustomSettings } from "./settings.ts";

const mostBytes = 25 * 1024 * 1024;

/** Fetches a file from the public address that it came with, without any credential. Throws `DeliveryFailure`. */
export async function download(
  file: RemoteFile,
  _settings: CustomSettings,
  outside: Outside,
): Promise<Downloaded> {
  const answer = await fetched(file.locator.url ?? "", outside);
  if (answer.status === 429 || answer.status >= 500) {
    throw new DeliveryFailure("passing", `http_${answer.status}`, "The file cannot be had right now.");
  }
  if (answer.status !== 200) {
    throw new DeliveryFailure(
      "permanent",
      `http_${answer.status}`,
      "The file is not where it was said to be.",
    );
  }
  const mediaType = answer.headers.get("content-type") ?? file.mediaType;
  return { bytes: answer.body, mediaType, name: file.name };
}

async function fetched(given: string, outside: Outside) {
  try {
    const url = askable(given, outside);
    const { privateHosts } = outside;
    return await outbound({ url, redirects: 3, maxBytes: mostBytes, timeoutMs: 60_000, privateHosts });
  } catch (error) {
    if (error instanceof OutboundError && error.code === "too_large") {
      throw new DeliveryFailure("permanent", "too_large", "The file is larger than 25 MB.", { cause: error });
    }
    throw unanswered(error);
  }
}
