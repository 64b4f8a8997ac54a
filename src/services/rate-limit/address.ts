import { isIPv6 } from "node:net";

/** What an internet address counts as: IPv6 by its /64, since one customer of a provider owns that much; IPv4 as it is. */
export function addressKey(address: string): string {
  const bare = address.toLowerCase().split("%")[0] ?? "";
  const mapped = /^(?:0*:)*:?(?:0*:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(bare) ? `${groupsOf(bare).slice(0, 4).join(":")}::/64` : bare;
}

function groupsOf(address: string): string[] {
  const [left = "", right = ""] = address.replace(/\d+\.\d+\.\d+\.\d+$/, "0:0").split("::");
  const head = left.split(":").filter(Boolean);
  const tail = right.split(":").filter(Boolean);
  const middle = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  return [...head, ...middle, ...tail].map((group) => group.replace(/^0+(?=.)/, ""));
}
