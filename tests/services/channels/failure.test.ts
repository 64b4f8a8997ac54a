import { describe, expect, it } from "vitest";
import { ifTold, networkFailure, repeatable, statusFailure, unreadableAnswer } from "#channels/failure";
import { retryAfter } from "#channels/retry-after";
import { OutboundError } from "#lib/outbound-http";
import { DeliveryFailure } from "#services/channels";

const fault = (code: "private_address" | "timeout" | "unreachable", left: boolean) =>
  new OutboundError(code, "It failed.", { left });

describe("a failure of the network", () => {
  it.each([
    ["passing, where the request never left", fault("unreachable", false), "passing"],
    ["passing, where its cause says so", new Error("x", { cause: fault("timeout", false) }), "passing"],
    ["unknown, where it had left", fault("timeout", true), "unknown"],
    ["permanent, where the address is private", fault("private_address", false), "permanent"],
    ["unknown, where nothing is known of it", new Error("?"), "unknown"],
  ])("is %s", (_, error, kind) => {
    expect(networkFailure(error, "Acme")).toMatchObject({ kind, message: expect.stringMatching(/^Acme /) });
  });

  it("stays what it was once it has been read", () => {
    const read = unreadableAnswer("Acme");

    expect(networkFailure(read, "Other")).toBe(read);
  });
});

describe("the status of an answer", () => {
  it.each([
    [400, "permanent"],
    [401, "permanent"],
    [429, "passing"],
    [500, "unknown"],
    [502, "unknown"],
    [503, "passing"],
  ])("%i is %s", (status, kind) => {
    expect(statusFailure(status, "Acme", { retryAfter: 7 })).toMatchObject({
      kind,
      code: `http_${status}`,
      retryAfter: 7,
    });
  });
});

describe("what may be done twice", () => {
  it("passes where its outcome is unknown, with the wait that was asked for", () => {
    const unknown = statusFailure(500, "Acme", { retryAfter: 7 });

    expect(repeatable(unknown, "Acme")).toMatchObject({ kind: "passing", code: "http_500", retryAfter: 7 });
  });

  it("fails as before where the outcome is known", () => {
    const known = statusFailure(400, "Acme");

    expect(repeatable(known, "Acme")).toBe(known);
  });

  it("is left open where the platform will not tell it, and asked again later", async () => {
    const refused = Promise.reject(statusFailure(404, "Acme"));
    const away = Promise.reject(statusFailure(503, "Acme"));

    expect(await ifTold(refused)).toBeUndefined();
    await expect(ifTold(away)).rejects.toBeInstanceOf(DeliveryFailure);
  });
});

describe("the wait that an answer asks for", () => {
  const now = new Date("2026-11-20T10:00:00Z");

  it.each([
    ["17", 17],
    [" 0 ", 0],
    ["Fri, 20 Nov 2026 10:01:30 GMT", 90],
    ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["1.2", 2],
    ["", undefined],
  ])("%j is %s seconds", (asked, seconds) => {
    expect(retryAfter(new Headers({ "retry-after": asked }), now)).toBe(seconds);
  });

  it("is none where nothing is said", () => {
    expect(retryAfter(new Headers(), now)).toBeUndefined();
  });
});
