import { describe, expect, it } from "vitest";
import { whatsapp } from "#channels/whatsapp/channel";
import { outsideOf } from "#services/channels";
import { keepsTheChannelContract } from "#support/channel-contract";
import { account, asksForHandshake, signedByMeta } from "#support/fake-graph";
import { many, payloads } from "./payloads/whatsapp.ts";
import { delivered, received } from "./payloads/whatsapp-envelope.ts";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  accessToken: account.token,
  phoneNumberId: account.phoneNumberId,
  businessAccountId: account.businessAccountId,
};

const text = (words: string, id = "wamid.1") => received({ id, type: "text", text: { body: words } });

keepsTheChannelContract({
  channel: whatsapp,
  config,
  foreignSecrets: { ...config, appSecret: "another-secret" },
  request: (body, { secretsOf, at } = {}) =>
    signedByMeta(body, String(secretsOf?.appSecret ?? config.appSecret), at),
  outside: outsideOf(),
  payloads,
  text,
  many,
  ownEcho: delivered("message_echoes", {
    message_echoes: [
      {
        from: "15550783881",
        to: "16505551234",
        id: "wamid.5",
        timestamp: "1",
        type: "text",
        text: { body: "Hi" },
      },
    ],
  }),
  wrongAccount: delivered("messages", {}, { id: "another-account" }),
  signsBody: true,
  timed: false,
  unknownKind: delivered("hologram_update", { depth: 3 }),
});

describe("WhatsApp deliveries", () => {
  const verified = (body: unknown) =>
    whatsapp.verify(signedByMeta(body, config.appSecret), config, outsideOf());

  it("refuses those for another number of the same account", async () => {
    const other = delivered("messages", {}, { phone: "999" });

    expect(await verified(other)).toEqual({ ok: false, reason: "wrong_account" });
  });

  it("takes those that concern the account as a whole", async () => {
    const entry = { id: config.businessAccountId, changes: [{ field: "account_update", value: {} }] };

    expect(await verified({ entry: [entry] })).toEqual({ ok: true });
  });

  it("takes a signed body without accounts, to be kept until it can be read", async () => {
    expect(await verified({ hello: "there" })).toEqual({ ok: true });
    expect(() => whatsapp.parse(signedByMeta({ hello: "there" }, config.appSecret), config)).toThrow();
  });

  it("tells a message taken back by its missing words", () => {
    const body = received({ type: "revoke", revoke: { original_message_id: "wamid.8" } });

    const [found] = whatsapp.parse(signedByMeta(body, config.appSecret), config);

    expect(found).not.toHaveProperty("content");
  });

  it("keeps a message that names nobody for a later look instead of losing it", () => {
    const body = delivered("messages", {
      messages: [{ id: "wamid.1", timestamp: "1", type: "text", text: { body: "Hi" } }],
    });

    expect(whatsapp.parse(signedByMeta(body, config.appSecret), config)).toEqual([
      { kind: "unreadable", reason: expect.stringMatching(/names nobody/) },
    ]);
  });

  it("says of a message of a kind that nobody knows that there was one", () => {
    const body = received({ id: "wamid.1", type: "hologram", hologram: { depth: 3 } });

    expect(whatsapp.parse(signedByMeta(body, config.appSecret), config)).toMatchObject([
      { kind: "message", externalId: "wamid.1", content: expect.stringContaining("cannot show") },
    ]);
  });

  it("never takes one customer's id for another's", () => {
    const body = delivered("messages", {
      contacts: [{ profile: { name: "Ada" }, wa_id: "16505551234", user_id: "US.1" }],
      messages: [{ id: "wamid.1", from: "4915550000", timestamp: "1", type: "text", text: { body: "Hi" } }],
    });

    const [found] = whatsapp.parse(signedByMeta(body, config.appSecret), config);

    expect(found).toMatchObject({ senderId: "4915550000", senderAliases: [] });
  });
});

describe("WhatsApp's handshake", () => {
  const asked = {
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": "verify-token",
  };

  it("gives the challenge back to who knows the token, as plain text", () => {
    const reply = whatsapp.handshake?.(asksForHandshake(asked), config);

    expect(reply).toEqual({ status: 200, body: "1158201444", contentType: "text/plain" });
  });

  it("gives a stranger nothing back", () => {
    const guess = { ...asked, "hub.challenge": "<script>", "hub.verify_token": "guess" };

    const reply = whatsapp.handshake?.(asksForHandshake(guess), config);

    expect(reply).toEqual({ status: 403, body: "", contentType: "text/plain" });
  });

  it("is neither a delivery nor a visit", () => {
    expect(whatsapp.handshake?.(signedByMeta({}, config.appSecret), config)).toBeUndefined();
    expect(whatsapp.handshake?.(asksForHandshake({}), config)).toBeUndefined();
  });
});
