import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { sms } from "#channels/sms/channel";
import { outsideOf, type WebhookRequest } from "#services/channels";
import { keepsTheChannelContract, type Signing } from "#support/channel-contract";
import { accountSid, message, number, payloads } from "./payloads/sms.ts";

const address = "https://help.example.com/api/webhooks/c/a/sms/w";
const config = { accountSid, authToken: "own-auth-token", from: number };
const foreignSecrets = { ...config, authToken: "other-auth-token" };
const service = `MG${"b2".repeat(16)}`;

// Signed by Twilio's own SDK, which stands for Twilio.
const request = (body: unknown, signing: Signing = {}): WebhookRequest => {
  const { authToken } = { ...config, ...signing.secretsOf };
  const parameters = body as Record<string, string>;
  return {
    method: "POST",
    url: new URL(address),
    headers: new Headers({
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-twilio-signature": twilio.getExpectedTwilioSignature(String(authToken), address, parameters),
    }),
    rawBody: Buffer.from(new URLSearchParams(parameters).toString()),
    now: new Date("2026-11-25T12:00:00Z"),
  };
};

/** The same delivery as JSON, as Twilio signs it. */
const digested = (body: string): WebhookRequest => {
  const url = `${address}?bodySHA256=${twilio.getExpectedBodyHash(body)}`;
  const signature = twilio.getExpectedTwilioSignature(config.authToken, url, {});
  return {
    ...request({}),
    url: new URL(url),
    headers: new Headers({ "content-type": "application/json", "x-twilio-signature": signature }),
    rawBody: Buffer.from(body),
  };
};

const verdict = (given: WebhookRequest, change: Partial<typeof config> = {}) =>
  sms.verify(given, { ...config, ...change }, outsideOf());

keepsTheChannelContract({
  channel: sms,
  config,
  foreignSecrets,
  request,
  outside: outsideOf(),
  payloads,
  text: (words, externalId = "SM1") => message({ Body: words, MessageSid: externalId }),
  wrongAccount: message({ Body: "Hello", AccountSid: `AC${"c3".repeat(16)}` }),
  signsBody: true,
  timed: false,
  unknownKind: { ...message({}), From: number, To: "+15557001", MessageStatus: "teleported" },
});

describe("SMS", () => {
  it("takes parameters that Twilio may come to send, also empty ones", async () => {
    const given = request({ ...message({ Body: "Hello" }), Novelty: "", Ärger: " ü " });

    expect(await verdict(given)).toEqual({ ok: true });
  });

  it("refuses a delivery for another number of the same account", async () => {
    const given = request(message({ Body: "Hello", To: "+15550199" }));

    expect(await verdict(given)).toEqual({ ok: false, reason: "wrong_account" });
  });

  it("takes a status of a message that left from its number, and of no other", async () => {
    const status = { ...message({ MessageStatus: "sent" }), To: "+15557001" };

    expect(await verdict(request({ ...status, From: number }))).toEqual({ ok: true });
    expect(await verdict(request({ ...status, From: "+15550199" }))).toMatchObject({
      reason: "wrong_account",
    });
  });

  it("takes deliveries for any number of its messaging service, and of no other service", async () => {
    const to = (MessagingServiceSid: string) => request(message({ To: "+15550199", MessagingServiceSid }));

    expect(await verdict(to(service), { from: service })).toEqual({ ok: true });
    expect(await verdict(to(`MG${"d4".repeat(16)}`), { from: service })).toMatchObject({
      reason: "wrong_account",
    });
  });

  it("takes a JSON body by its digest, and refuses it once it was changed", async () => {
    const given = digested(JSON.stringify(message({ Body: "Hello" })));
    const changed = { ...given, rawBody: Buffer.from(JSON.stringify(message({ Body: "Money" }))) };

    expect(await verdict(given)).toEqual({ ok: true });
    expect(sms.parse(given, config)).toMatchObject([{ kind: "message", content: "Hello" }]);
    expect(await verdict(changed)).toEqual({ ok: false, reason: "signature" });
    expect(await verdict(digested("{"))).toEqual({ ok: true });
    expect(() => sms.parse(digested("{"), config)).toThrow();
  });

  it("keeps each step of a message apart, and the same step together", () => {
    const id = (MessageStatus: string) =>
      sms.deliveryId(request({ ...message({ MessageSid: "SM1" }), MessageStatus }));

    expect(id("sent")).toBe("SM1:sent");
    expect(id("delivered")).toBe("SM1:delivered");
    expect(sms.deliveryId(request(message({ MessageSid: "SM1" })))).toBe("SM1:received");
  });

  it("names what it cannot read by its bytes, so that it can be kept and replayed", () => {
    const torn = (bytes: string) => sms.deliveryId({ ...digested("{}"), rawBody: Buffer.from(bytes) });

    expect(torn("{")).toBe(torn("{"));
    expect(torn("{")).not.toBe(torn("{["));
  });

  it("answers with nothing that Twilio would send to the customer", () => {
    const reply = sms.acknowledge?.(request(message({ Body: "Hello" })), config);

    expect(reply).toEqual({
      status: 200,
      body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
      contentType: "text/xml",
    });
  });

  it("asks for no word of a delivery at an address that Twilio cannot call", () => {
    const given = { ...request(message({ Body: "Hello" })), url: new URL("http://localhost:3000/w") };

    expect(sms.parse(given, config)).toMatchObject([{ thread: { address: { to: "+15557001" } } }]);
    expect(sms.parse(given, config)[0]).not.toHaveProperty("thread.address.statusCallback");
  });

  it.each(["15550100", "+0555", "MG12", "Acme"])("takes no %s as its sender", (from) => {
    expect(sms.config.safeParse({ ...config, from }).success).toBe(false);
  });
});
