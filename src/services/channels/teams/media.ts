import { z } from "zod";
import { hostOf, isAskable } from "#channels/address";
import type { Downloaded, Outside } from "#channels/channel";
import { askForFile, foreignHost, notGiven } from "#channels/media";
import type { RemoteFile } from "#contracts/channel";
import type { OutboundAnswer } from "#lib/outbound-http";
import { tokenRefused } from "./failures.ts";
import type { Settings } from "./settings.ts";
import { withToken } from "./token.ts";

const Locator = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("uploaded"), url: z.url() }),
  z.object({ kind: z.literal("inline"), url: z.url(), serviceUrl: z.url() }),
]);

/** Fetches a file of a customer, from Teams and SharePoint alone. Throws `DeliveryFailure`. */
export async function download(file: RemoteFile, settings: Settings, outside: Outside): Promise<Downloaded> {
  const locator = Locator.parse(file.locator);
  if (locator.kind === "uploaded") {
    if (!isFileHost(locator.url, outside)) throw foreignHost("Microsoft");
    // The address carries its own permission, so that our token has no business there.
    return downloaded(file, await get(locator.url, {}, outside));
  }
  const sameHost = new URL(locator.url).origin === new URL(locator.serviceUrl).origin;
  if (!sameHost || !isAskable(locator.url, outside)) throw foreignHost("Microsoft");
  return await withToken(settings, outside, async (token) =>
    downloaded(file, await get(locator.url, { authorization: `Bearer ${token}` }, outside)),
  );
}

/** SharePoint and OneDrive keep the files of chats, in each of Microsoft's clouds. */
function isFileHost(address: string, outside: Outside): boolean {
  if (!isAskable(address, outside)) return false;
  const url = new URL(address);
  const isStore = /\.sharepoint(-df)?\.(com|us|cn|de)$/.test(url.hostname);
  return isStore || outside.privateHosts.includes(hostOf(url));
}

async function get(url: string, headers: Record<string, string>, outside: Outside): Promise<OutboundAnswer> {
  const answer = await askForFile({ url, headers, label: "Teams" }, outside);
  if (answer.status === 200) return answer;
  // Told apart, since a token that was kept is then replaced.
  if (answer.status === 401 && "authorization" in headers) throw tokenRefused();
  throw notGiven(answer, "Teams", outside);
}

function downloaded(file: RemoteFile, { body, headers }: OutboundAnswer): Downloaded {
  const told = headers.get("content-type")?.split(";")[0];
  return { bytes: body, mediaType: told ?? file.mediaType, name: file.name };
}
