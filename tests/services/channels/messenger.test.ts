import { describe, expect, it } from "vitest";
import { messenger } from "#channels/messenger/channel";
import { outsideOf } from "#services/channels";
import { keepsTheChannelContract } from "#support/channel-contract";
import { account, asksForHandshake, signedByMeta } from "#support/fake-graph";
import { delivered, echoed, many, payloads, received } from "./payloads/messenger.ts";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  pageAccessToken: account.token,
  pageId: account.pageId,
};

keepsTheChannelContract({
  channel: messenger,
  config,
  foreignSecrets: { ...config, appSecret: "another-secret" },
  request: (body, { secretsOf, at } = {}) =>
    signedByMeta(body, String(secretsOf?.appSecret ?? config.appSecret), at),
  outside: outsideOf(),
  payloads,
  text: (words, mid = "m_1") => received({ mid, text: words }),
  many,
  ownEcho: echoed({ text: "Hello, I am the agent", metadata: "baton:0199aaaa" }),
  wrongAccount: delivered({ message: { mid: "m_1", text: "Hello" } }, "999"),
  signsBody: true,
  timed: false,
  unknownKind: delivered({ telepathy: { strength: 3 } }),
});

describe("Messenger's handshake", () => {
  const asked = { "hub.mode": "subscribe", "hub.challenge": "1158201444" };

  it("gives the challenge back to who knows the token, and nothing to a stranger", () => {
    const known = asksForHandshake({ ...asked, "hub.verify_token": "verify-token" });
    const stranger = asksForHandshake({ ...asked, "hub.verify_token": "guess" });

    expect(messenger.handshake?.(known, config)).toMatchObject({ status: 200, body: "1158201444" });
    expect(messenger.handshake?.(stranger, config)).toMatchObject({ status: 403, body: "" });
  });
});
