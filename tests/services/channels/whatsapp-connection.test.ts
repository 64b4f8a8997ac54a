import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { whatsapp } from "#channels/whatsapp/channel";
import type { RemoteFile } from "#contracts/channel";
import { DeliveryFailure } from "#services/channels";
import { account, type FakeGraph, startFakeGraph, startForeignHost } from "#support/fake-graph";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  accessToken: account.token,
  phoneNumberId: account.phoneNumberId,
  businessAccountId: account.businessAccountId,
};

let graph: FakeGraph;

beforeEach(async () => {
  graph = await startFakeGraph();
});
afterEach(() => graph.close());

async function failureOf(attempt: Promise<unknown>): Promise<DeliveryFailure> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  if (error instanceof DeliveryFailure) return error;
  throw new Error("It did not fail.", { cause: error });
}

describe("a file of a WhatsApp customer", () => {
  const bytes = Buffer.from("a broken pole");
  const remote = (locator: Record<string, string> = {}): RemoteFile => ({
    type: "image",
    name: "pole.jpg",
    locator: { mediaId: "2754859441498128", ...locator },
  });
  const stored = (change: object = {}) =>
    graph.files.set("2754859441498128", { bytes, mediaType: "image/jpeg", ...change });
  const download = (from = remote()) => whatsapp.download?.(from, config, graph.outside) ?? Promise.reject();

  it("is fetched in two steps", async () => {
    stored();

    expect(await download()).toEqual({ bytes, mediaType: "image/jpeg", name: "pole.jpg" });
    expect(graph.calls.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${config.accessToken}`,
      `Bearer ${config.accessToken}`,
    ]);
  });

  it("must be the one that the signed delivery told of", async () => {
    stored();

    const failure = await failureOf(download(remote({ sha256: "3q2+7w==" })));

    expect(failure).toMatchObject({ code: "damaged" });
  });

  it.each([
    ["an address elsewhere", (url: string) => ({ url })],
    ["a redirect", (redirect: string) => ({ redirect })],
  ])("does not lure the token to a foreign host by %s", async (_, lure) => {
    const foreign = await startForeignHost();
    onTestFinished(foreign.close);
    stored(lure(foreign.url));
    // Even where the administrator allows the host for other things.
    const outside = { ...graph.outside, privateHosts: [...graph.outside.privateHosts, foreign.host] };

    const failure = await failureOf(Promise.resolve(whatsapp.download?.(remote(), config, outside)));

    expect(failure.kind).toBe("permanent");
    expect(foreign.seen).toEqual([]);
  });

  it.each([
    "https://lookaside.fbsbx.com.evil.example/file",
    "https://evil.example/lookaside.fbsbx.com",
    "https://lookaside.fbsbx.com@evil.example/file",
    "http://lookaside.fbsbx.com/file",
    "https://lookaside.fbsbx.com:8443/file",
    "file:///etc/passwd",
    "nonsense",
  ])("is not looked for at %s", async (url) => {
    stored({ url });

    expect(await failureOf(download())).toMatchObject({ kind: "permanent", code: "foreign_host" });
  });

  it("is not fetched when it says that it is too large", async () => {
    stored({ size: 26 * 1024 * 1024 });

    expect(await failureOf(download())).toMatchObject({ kind: "permanent", code: "too_large" });
    expect(graph.calls).toHaveLength(1);
  });

  it("is not read to its end when it is larger than it said", async () => {
    stored({ bytes: Buffer.alloc(25 * 1024 * 1024 + 1), size: 10 });

    expect(await failureOf(download())).toMatchObject({ kind: "permanent", code: "too_large" });
  });

  it("may be asked for again after a lost answer", async () => {
    stored();
    graph.meets("cut");

    expect(await failureOf(download())).toMatchObject({ kind: "passing" });
  });
});

describe("a WhatsApp connection that is tried", () => {
  const check = (change: object = {}) => whatsapp.check({ ...config, ...change }, graph.outside);

  it("names its number when all is well", async () => {
    await whatsapp.setup?.(config, { webhookUrl: "https://help.example.com/hook" }, graph.outside);

    const report = await check();

    expect(report).toMatchObject({ ok: true, account: "+1 555-078-3881, Lucky Shrub" });
    expect(report.lines).toHaveLength(4);
  });

  it("says so when the token is refused, and no more", async () => {
    const report = await check({ accessToken: "another" });

    expect(report).toMatchObject({ ok: false, lines: [{ ok: false, text: /connect the channel again/ }] });
  });

  it.each([
    ["a wrong app secret", { appSecret: "another" }, /app secret is not that/],
    ["a wrong account", { businessAccountId: "1" }, /does not know this id/],
    ["a missing subscription", {}, /No app is subscribed/],
  ])("finds %s", async (_, change, said) => {
    const report = await check(change);

    expect(report.ok).toBe(false);
    expect(
      report.lines
        .filter(({ ok }) => !ok)
        .map(({ text: line }) => line)
        .join(),
    ).toMatch(said);
  });

  it("has Meta deliver to our address", async () => {
    const place = { webhookUrl: "https://help.example.com/hook" };

    const report = await whatsapp.setup?.(config, place, graph.outside);

    expect(report?.ok).toBe(true);
    expect(graph.calls.at(-1)?.json).toEqual({
      webhook_configuration: {
        override_callback_uri: place.webhookUrl,
        verify_token: config.verifyToken,
      },
    });
  });

  it("says so when Meta does not take the address", async () => {
    const report = await whatsapp.setup?.(config, { webhookUrl: "http://intranet/hook" }, graph.outside);

    expect(report?.lines.map(({ ok }) => ok)).toEqual([true, false]);
  });
});
