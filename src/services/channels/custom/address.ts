import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";

/** An address that may be asked: https, or plain http at a host that the administrator named. Throws `DeliveryFailure`. */
export function askable(given: string, { privateHosts }: Outside): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isNamed = privateHosts.includes(`${url?.hostname}:${url?.port || 80}`);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isNamed)) return url;
  throw new DeliveryFailure("permanent", "insecure", "The address must begin with https://.");
}
