import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { RemoteFile } from "#contracts/channel";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import { addressOf, authorizationOf } from "./client.ts";
import { readingFailure } from "./failures.ts";
import type { SmsSettings } from "./settings.ts";

const mostBytes = 16 * 1024 * 1024;

/**
 * Fetches a customer's file: with our credentials from Twilio's API, without them from where that leads
 * (twilio.com/docs/messaging/api/media-resource). Throws `DeliveryFailure`.
 */
export async function download(file: RemoteFile, config: SmsSettings, outside: Outside): Promise<Downloaded> {
  const url = mediaAddress(file.locator.url, config, outside);
  const authorization = authorizationOf(config.accountSid, config.authToken);
  const first = await fetched(url, { authorization }, outside);
  const next = first.headers.get("location");
  const answer =
    next === null ? first : await fetched(storeAddress(new URL(next, url), outside), {}, outside);
  if (answer.status !== 200) {
    const kind = answer.status >= 500 ? "passing" : "permanent";
    throw new DeliveryFailure(kind, String(answer.status), "Twilio did not hand out the file.");
  }
  const mediaType = file.mediaType ?? answer.headers.get("content-type") ?? undefined;
  return { bytes: answer.body, mediaType, name: file.name };
}

async function fetched(
  url: URL,
  headers: Record<string, string>,
  { privateHosts }: Outside,
): Promise<OutboundAnswer> {
  return outbound({ url, headers, maxBytes: mostBytes, timeoutMs: 60_000, privateHosts }).catch(
    (error: unknown) => {
      throw readingFailure(error);
    },
  );
}

// The auth token goes with this request: to the API's own base alone, and only for media of this account.
function mediaAddress(given = "", { accountSid }: SmsSettings, outside: Outside): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const origins = ["https://api.twilio.com", new URL(outside.bases.twilioApi).origin];
  const [, account] =
    /^\/2010-04-01\/Accounts\/(\w+)\/Messages\/\w+\/Media\/\w+$/.exec(url?.pathname ?? "") ?? [];
  if (url === undefined || !origins.includes(url.origin) || account !== accountSid) throw foreign();
  return addressOf(url.pathname, outside);
}

// Where Twilio keeps media; beyond it only what the administrator allows.
const stores = /\.(twilio\.com|twiliocdn\.com|amazonaws\.com)$/;

function storeAddress(url: URL, { privateHosts }: Outside): URL {
  const isStore = url.protocol === "https:" && stores.test(url.hostname);
  if (isStore || privateHosts.includes(url.host)) return url;
  throw foreign();
}

function foreign(): DeliveryFailure {
  return new DeliveryFailure("permanent", "foreign_host", "The file does not lie with Twilio.");
}
