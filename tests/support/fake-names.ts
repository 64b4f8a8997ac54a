import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { vi } from "vitest";

type Done = (error: Error | null, found?: unknown, family?: number) => void;

/** Makes every name lead to these addresses, or to none, and tells which names were looked up. */
export function resolvingTo(...addresses: string[]): string[] {
  const asked: string[] = [];
  vi.spyOn(dns, "lookup").mockImplementation(((name: string, options: { all?: boolean }, done: Done) => {
    asked.push(name);
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first] = found;
    if (first === undefined) done(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }));
    else if (options.all) done(null, found);
    else done(null, first.address, first.family);
  }) as typeof dns.lookup);
  syncBuiltinESMExports();
  return asked;
}

/** Gives names their own addresses back. */
export function resolvingAsEver(): void {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
}
