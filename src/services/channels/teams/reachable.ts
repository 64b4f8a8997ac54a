import type { Outside } from "#channels/channel";

/** Whether an address that Teams gave may be asked: by https, or where the administrator named its host. */
export function isReachable(address: string, { privateHosts }: Outside): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && privateHosts.includes(hostOf(url)));
}

/** A host as `Outside` writes it: `name:port`. */
export function hostOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}
