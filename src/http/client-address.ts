import type { IncomingMessage } from "node:http";
import { once } from "#lib/registry";
import { LaneRequest } from "./lane-request.ts";

const settings = () => once("http.proxies", () => ({ hops: 0, ownServer: false }));

/** The header in which our server tells Next's side who asks; whatever a client puts there is overwritten. */
export const clientAddressHeader = "x-baton-client-address";

/** Says behind how many proxies of our own this server stands, so that `X-Forwarded-For` is believed that far. */
export function trustProxies(hops: number): void {
  Object.assign(settings(), { hops, ownServer: true });
}

/** The address of whoever asks, as far as it can be believed; "unknown" where it cannot. */
export function clientAddress(request: Request): string {
  if (request instanceof LaneRequest) return addressOf(request.message);
  if (settings().ownServer) return request.headers.get(clientAddressHeader) ?? "unknown";
  return request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
}

/** The address behind a Node request, through the proxies that are trusted. */
export function addressOf(message: IncomingMessage): string {
  const direct = message.socket.remoteAddress ?? "unknown";
  const { hops } = settings();
  if (hops === 0) return plain(direct);
  const forwarded = String(message.headers["x-forwarded-for"] ?? "");
  const path = [
    ...forwarded
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
    direct,
  ];
  return plain(path[Math.max(0, path.length - 1 - hops)] ?? direct);
}

function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
