import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { custom } from "#channels/custom/channel";
import { configFields, outsideOf, type WebhookRequest } from "#services/channels";
import { keepsTheChannelContract, type Signing } from "#support/channel-contract";
import { message, payloads } from "./payloads/custom.ts";

const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString("base64")}`;
const config = { endpoint: "https://example.com/baton", secret: secretOf("a") };
const foreignSecrets = { ...config, secret: secretOf("z") };
const outside = outsideOf();

// Signed by hand: what the adapter takes must be what the specification says, not what its own library makes.
function signature(secret: string, id: string, seconds: string, body: string | Buffer): string {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.`).update(body).digest("base64")}`;
}

function request(body: unknown, signing: Signing = {}): WebhookRequest {
  const now = signing.at ?? new Date();
  const { secret } = { ...config, ...signing.secretsOf };
  const rawBody = Buffer.from(JSON.stringify(body));
  const id = `wh_${createHmac("sha256", "id").update(rawBody).digest("hex")}`;
  const seconds = String(Math.floor((signing.signedAt ?? now).getTime() / 1_000));
  return {
    method: "POST",
    url: new URL("https://help.example.com/api/webhooks/c/a/custom/w"),
    headers: new Headers({
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": seconds,
      "webhook-signature": signature(secret, id, seconds, rawBody),
    }),
    rawBody,
    now,
  };
}

function withHeaders(given: WebhookRequest, headers: Record<string, string>): WebhookRequest {
  return { ...given, headers: new Headers({ ...Object.fromEntries(given.headers), ...headers }) };
}

keepsTheChannelContract({
  channel: custom,
  config,
  foreignSecrets,
  request,
  outside,
  payloads,
  text: (words, externalId = "m-1") => message({ content: words, id: externalId }),
  ownEcho: {
    type: "message.sent",
    timestamp: "2026-11-20T10:15:30.000Z",
    data: { id: "out-1", conversation: "user-7", author: "agent", content: "Hello" },
  },
  signsBody: true,
  timed: true,
  unknownKind: {
    type: "message.sung",
    timestamp: "2026-11-20T10:15:30.000Z",
    data: { id: "m-1", tune: "la" },
  },
});

describe("a delivery of a custom webhook", () => {
  it("is accepted as the specification's own example is signed", async () => {
    const example = {
      ...request({}),
      headers: new Headers({
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      }),
      rawBody: Buffer.from('{"test": 2432232314}'),
      now: new Date(1_614_265_330_000),
    };
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    expect(await custom.verify(example, { ...config, secret }, outside)).toEqual({ ok: true });
  });

  it("is accepted when one of several signatures fits", async () => {
    const own = request(message());
    const header = `v1a,AAAA v1,${"A".repeat(43)}= ${own.headers.get("webhook-signature")}`;

    const verdict = await custom.verify(withHeaders(own, { "webhook-signature": header }), config, outside);

    expect(verdict).toEqual({ ok: true });
  });

  it("is accepted with the previous secret while it is being changed, and no longer", async () => {
    const old = request(message(), { secretsOf: { secret: secretOf("b") } });
    const changing = { ...config, previousSecret: secretOf("b") };

    expect(await custom.verify(old, changing, outside)).toEqual({ ok: true });
    expect(await custom.verify(old, config, outside)).toEqual({ ok: false, reason: "signature" });
  });

  it.each([-299, 299])("is accepted %i seconds off", async (seconds) => {
    const now = new Date();
    const signedAt = new Date(now.getTime() + seconds * 1_000);

    expect(await custom.verify(request(message(), { at: now, signedAt }), config, outside)).toEqual({
      ok: true,
    });
  });

  it.each([-302, 302])("is stale %i seconds off, by the moment it was received", async (seconds) => {
    const now = new Date("2020-01-01T00:00:00Z");
    const signedAt = new Date(now.getTime() + seconds * 1_000);
    const verdict = await custom.verify(request(message(), { at: now, signedAt }), config, outside);

    expect(verdict).toEqual({ ok: false, reason: "stale" });
  });

  it.each([
    ["another version of signature", { "webhook-signature": "v2,abc" }],
    ["a signature without its version", { "webhook-signature": "abc" }],
    ["a timestamp that only begins as a number", { "webhook-timestamp": "1614265330x" }],
    ["a timestamp below zero", { "webhook-timestamp": "-5" }],
    ["no id", { "webhook-id": "" }],
    ["an endless id", { "webhook-id": "x".repeat(300) }],
  ])("is refused for %s", async (_, headers) => {
    const verdict = await custom.verify(withHeaders(request(message()), headers), config, outside);

    expect(verdict).toEqual({ ok: false, reason: "malformed" });
  });

  it("is refused when its id was changed after it was signed", async () => {
    const verdict = await custom.verify(
      withHeaders(request(message()), { "webhook-id": "again" }),
      config,
      outside,
    );

    expect(verdict).toEqual({ ok: false, reason: "signature" });
  });

  it("is checked byte by byte, so that bytes which read alike are told apart", async () => {
    const own = request(message());
    // Both of these read as U+FFFD; the signature was made over the other.
    const torn = Buffer.concat([own.rawBody, Buffer.from([0xff])]);
    const seconds = own.headers.get("webhook-timestamp") ?? "";
    const header = signature(
      config.secret,
      own.headers.get("webhook-id") ?? "",
      seconds,
      torn.toString("utf8"),
    );
    const forged = { ...withHeaders(own, { "webhook-signature": header }), rawBody: torn };

    expect(await custom.verify(forged, config, outside)).toMatchObject({ ok: false });
  });

  it.each([
    ["neither words nor a file", message({ content: " " })],
    ["no sender", message({ sender: undefined })],
    ["a file that lies nowhere", message({ attachments: [{ url: "file:///etc/passwd" }] })],
    ["more files than a message holds", message({ attachments: Array(21).fill({ url: "https://e.com/a" }) })],
    ["a change of a message of nobody", { type: "message.updated", data: { id: "m-1", content: "x" } }],
  ])("is put in quarantine for %s", (_, body) => {
    const found = () => custom.parse(request(body), config);

    expect(found).toThrow();
  });

  it.each([undefined, null, "17", "soon"])(
    "counts as written when it was received, if it says %j",
    (timestamp) => {
      const own = request({ ...message(), timestamp });

      expect(custom.parse(own, config)).toMatchObject([{ timestamp: own.now }]);
    },
  );
});

describe("the settings of a custom webhook", () => {
  it("hide both secrets, and ask for the previous one only while it is being changed", () => {
    expect(configFields(custom.config)).toMatchObject([
      { name: "endpoint", secret: false, required: true },
      { name: "secret", secret: true, required: true },
      { name: "previousSecret", secret: true, required: false },
    ]);
  });

  it.each([
    ["a secret of too few bytes", { secret: `whsec_${Buffer.alloc(23).toString("base64")}` }],
    ["a secret of too many bytes", { secret: `whsec_${Buffer.alloc(65).toString("base64")}` }],
    ["a secret without its prefix", { secret: Buffer.alloc(32).toString("base64") }],
    ["a secret that is no base64", { secret: `whsec_${"!".repeat(40)}` }],
    ["a previous secret of another form", { previousSecret: "old" }],
    ["an endpoint that is no address", { endpoint: "example.com/baton" }],
    ["an endpoint of another scheme", { endpoint: "ftp://example.com/" }],
    ["an endpoint with a password in it", { endpoint: "https://me:pass@example.com/" }],
  ])("refuse %s", (_, changed) => {
    expect(custom.config.safeParse({ ...config, ...changed }).success).toBe(false);
  });

  it.each([24, 64])("take a secret of %i bytes", (count) => {
    const secret = `whsec_${Buffer.alloc(count, 7).toString("base64")}`;

    expect(custom.config.safeParse({ ...config, secret }).success).toBe(true);
  });
});
