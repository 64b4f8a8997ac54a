import { hostOf } from "#channels/address";
import type { Downloaded, Outside } from "#channels/channel";
import { askForFile, foreignHost, notGiven } from "#channels/media";
import type { RemoteFile } from "#contracts/channel";
import { addressOf, authorizationOf } from "./client.ts";
import type { Settings } from "./settings.ts";

/**
 * Fetches a customer's file: with our credentials from Twilio's API, without them from where that leads
 * (twilio.com/docs/messaging/api/media-resource). Throws `DeliveryFailure`.
 */
export async function download(
  { locator, mediaType, name }: RemoteFile,
  settings: Settings,
  outside: Outside,
): Promise<Downloaded> {
  const url = mediaAddress(locator.url, settings, outside);
  const authorization = authorizationOf(settings.accountSid, settings.authToken);
  const label = "Twilio";
  const first = await askForFile({ url, headers: { authorization }, label }, outside);
  const next = first.headers.get("location");
  const last =
    next === null
      ? first
      : await askForFile({ url: storeAddress(new URL(next, url), outside), label }, outside);
  if (last.status !== 200) throw notGiven(last, label, outside);
  return { bytes: last.body, mediaType: mediaType ?? last.headers.get("content-type") ?? undefined, name };
}

// The auth token goes with this request: to the API's own base alone, and only for media of this account.
function mediaAddress(given = "", { accountSid }: Settings, outside: Outside): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const origins = ["https://api.twilio.com", new URL(outside.bases.twilioApi).origin];
  const [, account] =
    /^\/2010-04-01\/Accounts\/(\w+)\/Messages\/\w+\/Media\/\w+$/.exec(url?.pathname ?? "") ?? [];
  if (url === undefined || !origins.includes(url.origin) || account !== accountSid)
    throw foreignHost("Twilio");
  return addressOf(url.pathname, outside);
}

// Where Twilio keeps media; beyond it only what the administrator allows.
const stores = /\.(twilio\.com|twiliocdn\.com|amazonaws\.com)$/;

function storeAddress(url: URL, { privateHosts }: Outside): URL {
  const isStore = url.protocol === "https:" && stores.test(url.hostname);
  if (isStore || privateHosts.includes(hostOf(url))) return url;
  throw foreignHost("Twilio");
}
