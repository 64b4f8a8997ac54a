/** Answers the address as it may be shown as a link, or `undefined`. */
export type LinkRule = (address: string) => string | undefined;

/** Allows links to the sources of this answer and to the company's own origins, and to nothing else. */
export function linkRule(sourceUrls: Iterable<string>, origins: readonly string[]): LinkRule {
  const own = new Set(origins);
  return (address) => {
    if (!plainAddress.test(address)) return undefined;
    const page = withoutHash(address);
    for (const url of sourceUrls) if (withoutHash(url) === page) return address;
    const origin = webOrigin(address);
    return origin !== undefined && own.has(origin) ? address : undefined;
  };
}

// Characters that parsers read differently (backslash, quotes, controls, user names) are refused, not understood.
const plainAddress = /^[A-Za-z0-9\-._~:/?#&=%+,;!()]+$/;

function withoutHash(address: string): string {
  return address.split("#")[0] ?? address;
}

function webOrigin(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address)) return undefined;
  try {
    return new URL(address).origin;
  } catch {
    return undefined;
  }
}
