import type { Outside } from "./channel.ts";

/** A host as `Outside` writes it: `name:port`. */
export function hostOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/** Whether an address that came from outside may be asked: by https, or at a host that the administrator named. */
export function isAskable(address: string, { privateHosts }: Outside): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && privateHosts.includes(hostOf(url)));
}
