import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";
import { once } from "#lib/registry";
import { LaneRequest } from "./lane-request.ts";

type Settings = { proxies: BlockList | undefined; ownServer: boolean };
const settings = () => once<Settings>("http.proxies", () => ({ proxies: undefined, ownServer: false }));

/** The header in which our server tells Next's side who asks; whatever a client puts there is overwritten. */
export const clientAddressHeader = "x-baton-client-address";

/** Names the proxies of our own, by address or network: only they are believed about `X-Forwarded-For`. */
export function trustProxies(addresses: string[]): void {
  const proxies = addresses.length === 0 ? undefined : blockList(addresses);
  Object.assign(settings(), { proxies, ownServer: true });
}

/** The address of whoever asks, as far as it can be believed; "unknown" where it cannot. */
export function clientAddress(request: Request): string {
  if (request instanceof LaneRequest) return addressOf(request.message);
  if (settings().ownServer) return request.headers.get(clientAddressHeader) ?? "unknown";
  return request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
}

/** The address behind a Node request, through the proxies that are trusted. */
export function addressOf(message: IncomingMessage): string {
  const direct = plain(message.socket.remoteAddress ?? "unknown");
  const { proxies } = settings();
  if (proxies === undefined || !within(proxies, direct)) return direct;
  const forwarded = String(message.headers["x-forwarded-for"] ?? "").split(",");
  // Whoever stands before our proxies writes what they like; what is no address names nobody.
  const path = forwarded.map((part) => plain(part.trim())).filter((part) => isIP(part) !== 0);
  // Read from our side: the first address that is none of our proxies is as far as anyone can be believed.
  return path.findLast((address) => !within(proxies, address)) ?? direct;
}

function within(proxies: BlockList, address: string): boolean {
  return isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function blockList(addresses: string[]): BlockList {
  const list = new BlockList();
  for (const given of addresses) {
    const [address = "", bits] = given.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function plain(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
