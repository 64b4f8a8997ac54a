import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { addressOf, trustProxies } from "#http/client-address";

const message = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

describe("the address of a client", () => {
  afterEach(() => trustProxies([]));

  it("is that of the connection, whatever a stranger claims", () => {
    trustProxies([]);
    expect(addressOf(message("::ffff:203.0.113.5", "1.2.3.4"))).toBe("203.0.113.5");
    trustProxies(["10.0.0.0/8"]);
    expect(addressOf(message("203.0.113.5", "1.2.3.4"))).toBe("203.0.113.5");
  });

  it("is the nearest that no proxy of ours has, however many are in between", () => {
    trustProxies(["10.0.0.0/8", "fd00::/8"]);
    expect(addressOf(message("10.0.0.2", "6.6.6.6, 203.0.113.5, 10.1.1.1"))).toBe("203.0.113.5");
    expect(addressOf(message("fd00::1", "203.0.113.5"))).toBe("203.0.113.5");
    expect(addressOf(message("10.0.0.2"))).toBe("10.0.0.2");
  });

  it("passes over words that are no address", () => {
    trustProxies(["10.0.0.0/8"]);
    for (const word of [
      "unknown",
      "::1%eth0",
      "1.2.3.4:5678",
      "[::1]:80",
      "_hidden",
      "999.1.1.1",
      "::ffff:zz",
    ])
      expect(addressOf(message("10.0.0.2", word))).toBe(word === "::1%eth0" ? word : "10.0.0.2");
    expect(addressOf(message("10.0.0.2", "203.0.113.5, unknown"))).toBe("203.0.113.5");
  });
});
