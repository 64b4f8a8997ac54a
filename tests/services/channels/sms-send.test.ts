import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sms } from "#channels/sms/channel";
import type { Thread } from "#contracts/channel";
import type { Outgoing, OutgoingContent } from "#services/channels";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";

const accountSid = `AC${"a1".repeat(16)}`;
const config = { accountSid, authToken: "secret-auth-token", from: "+15550100" };
const statusCallback = "https://help.example.com/api/webhooks/c/a/sms/w";
const thread: Thread = {
  key: "+15557001",
  kind: "direct",
  address: { to: "+15557001", statusCallback },
};
const secretWords = "My card number is secret";

let fake: FakeTwilio;
beforeEach(async () => {
  fake = await startFakeTwilio({ ...config, number: config.from });
});
afterEach(() => fake.close());

const text = (plain = "Hello Ada"): OutgoingContent => ({ type: "text", text: plain, plain });

const outgoing = (content: OutgoingContent, change: Partial<Outgoing> = {}): Outgoing => ({
  key: "9f1c1f0e-0000-4000-8000-000000000001",
  thread,
  author: "agent",
  content,
  lastCustomerAt: undefined,
  ...change,
});

const send = (content: OutgoingContent, change: Partial<Outgoing> = {}) =>
  sms.send(outgoing(content, change), config, fake.outside);

const parametersOf = (index: number) => [...(fake.calls[index]?.parameters ?? [])];

const everythingOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify({ ...error })} ${everythingOf(error.cause)}`
    : String(error);

describe("SMS sends", () => {
  it("a text from its number, and asks to be told how far it comes", async () => {
    const sent = await send(text());

    expect(sent.externalId).toMatch(/^SM/);
    expect(fake.calls).toMatchObject([
      { method: "POST", path: `/2010-04-01/Accounts/${accountSid}/Messages.json` },
    ]);
    expect(parametersOf(0).sort()).toEqual([
      ["Body", "Hello Ada"],
      ["From", "+15550100"],
      ["StatusCallback", statusCallback],
      ["To", "+15557001"],
    ]);
  });

  it("from its messaging service", async () => {
    const from = `MG${"b2".repeat(16)}`;

    await sms.send(outgoing(text()), { ...config, from }, fake.outside);

    expect(parametersOf(0)).toContainEqual(["MessagingServiceSid", from]);
    expect(fake.calls[0]?.parameters.has("From")).toBe(false);
  });

  it("a file by its signed address, with its caption", async () => {
    const url = "https://help.example.com/files/1?until=2&signature=a%2Bb";
    const file = { type: "file", kind: "image", name: "a.png", mediaType: "image/png", url } as const;

    await send({ ...file, bytes: Buffer.from("png"), caption: "Look" });

    expect(parametersOf(0)).toContainEqual(["MediaUrl", url]);
    expect(parametersOf(0)).toContainEqual(["Body", "Look"]);
  });

  it("also where nobody is to be told how far it comes", async () => {
    await send(text(), { thread: { ...thread, address: { to: "+15557001" } } });

    expect(fake.calls[0]?.parameters.has("StatusCallback")).toBe(false);
  });
});

describe("SMS tells why a part did not arrive", () => {
  it.each([
    [400, 21_610, "permanent", "The customer has opted out: they have to send START first."],
    [400, 21_211, "permanent", "This is no number that can receive messages."],
    [403, 21_408, "permanent", "The Twilio account may not send messages to this country."],
    [400, 29_999, "permanent", "Twilio refused this (29999)."],
    [401, 20_003, "revoked", "Twilio does not accept the account SID and auth token: enter them again."],
    [404, 20_404, "revoked", "Twilio does not know this account."],
    [429, 20_429, "passing", "Twilio asks to send more slowly."],
    [503, 20_503, "passing", "Twilio is not available right now."],
    [500, 20_500, "unknown", "Twilio failed, so it is not known whether it arrived."],
  ])("%i %i as %s", async (status, code, kind, words) => {
    fake.play({ is: "refusal", status, code });

    await expect(send(text())).rejects.toMatchObject({ kind, code: String(code), message: words });

    expect(fake.calls).toHaveLength(1);
  });

  it("with the wait that Twilio asks for", async () => {
    fake.play({ is: "refusal", status: 429, code: 20_429, retryAfter: 12 });

    await expect(send(text())).rejects.toMatchObject({ kind: "passing", retryAfter: 12 });
  });

  it("in the platform's own words where a text is too long", async () => {
    await expect(send(text("a".repeat(1_601)))).rejects.toMatchObject({ code: "21617" });
  });

  it("revoked, where the auth token is no longer the account's", async () => {
    const rotated = sms.send(outgoing(text()), { ...config, authToken: "old" }, fake.outside);

    await expect(rotated).rejects.toMatchObject({ kind: "revoked", code: "20003" });
  });

  it("unknown, where the connection was cut after the request had left", async () => {
    fake.play({ is: "cut" });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });
  });

  it("unknown, where no answer comes in time", async () => {
    fake.play({ is: "late", ms: 5_000 });
    const soon = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const given = new AbortController();
      setTimeout(() => given.abort(), 50);
      return given.signal;
    });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });

    soon.mockRestore();
  });

  it.each(["<html>Welcome</html>", "{}"])("unknown, where %s is all that came back", async (body) => {
    fake.play({ is: "page", status: 200, body });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });
  });

  it("passing, where nobody listens", async () => {
    await fake.close();

    await expect(send(text())).rejects.toMatchObject({ kind: "passing" });
  });

  it("permanent for a template, which SMS does not know", async () => {
    const template = send({ type: "template", name: "hello", language: "en", values: [] });

    await expect(template).rejects.toMatchObject({ kind: "permanent" });
    expect(fake.calls).toEqual([]);
  });

  it.each([
    { is: "cut" } as const,
    { is: "page", status: 502, body: "nginx" } as const,
    { is: "refusal", status: 400, code: 21_211, message: `+15557001: ${secretWords}` } as const,
  ])("with no secret, no number and no words of the message: $is", async (play) => {
    fake.play(play);

    const failure = await send(text(secretWords)).catch((error: unknown) => error);

    expect(everythingOf(failure)).not.toMatch(/secret-auth-token|card number|5557001/);
    expect(everythingOf(failure)).not.toContain(
      Buffer.from("secret-auth-token").toString("base64").slice(0, -4),
    );
  });
});
