import type { Downloaded, Outside } from "#channels/channel";
import { fetchMedia } from "#channels/meta/media";
import { cut } from "#channels/words";
import type { RemoteFile } from "#contracts/channel";
import type { Settings } from "./settings.ts";

// The file servers of Facebook. Their addresses are signed and open to all, so no token goes there.
const hosts = [".fbcdn.net", ".fbsbx.com"];

/** Fetches a file while its address still holds. Throws `DeliveryFailure`. */
export async function download(
  { locator, name }: RemoteFile,
  _settings: Settings,
  outside: Outside,
): Promise<Downloaded> {
  const file = await fetchMedia({ url: locator.url ?? "", hosts, label: "Messenger" }, outside);
  return { ...file, name: name ?? nameIn(locator.url) };
}

function nameIn(url: string | undefined): string | undefined {
  const last = url === undefined ? undefined : new URL(url).pathname.split("/").at(-1);
  return last === undefined || last === "" ? undefined : cut(last, 255);
}
