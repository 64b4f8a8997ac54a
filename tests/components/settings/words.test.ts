import { describe, expect, it } from "vitest";
import { agoWords } from "#components/settings/channels/ago-words.ts";
import { guides } from "#components/settings/channels/guides.ts";
import { lineAbout } from "#components/settings/channels/line-about.ts";
import { rejectionSentence } from "#components/settings/channels/rejection-words.ts";
import { PlatformName } from "#contracts/channel";
import { RejectionReason } from "#contracts/connections";
import { aConnection } from "./sample.ts";

describe("a refused delivery", () => {
  it("says how often, since when, and which secret is probably wrong", () => {
    expect(rejectionSentence("whatsapp", { reason: "signature", count: 3, lastAt: "" })).toBe(
      "Bad signature, 3 in the last 7 days: the app secret here is probably not the one of your Meta app.",
    );
  });

  it("has a hint for each reason on each platform", () => {
    for (const channel of PlatformName.options) {
      for (const reason of RejectionReason.options) {
        expect(rejectionSentence(channel, { reason, count: 1, lastAt: "" })).toMatch(/^[A-Z].*: .{20,}\.$/);
      }
    }
  });
});

describe("a platform's guide", () => {
  it("says where to find the credentials, what to paste, and how to try it", () => {
    for (const { find, paste, tryIt } of Object.values(guides)) {
      expect(find.length).toBeGreaterThan(1);
      expect(paste.length).toBeGreaterThan(0);
      expect(tryIt).not.toBe("");
    }
  });
});

describe("how long ago", () => {
  const now = Date.parse("2026-11-25T12:00:00.000Z");
  it.each([
    ["2026-11-25T11:59:30.000Z", "just now"],
    ["2026-11-25T11:55:00.000Z", "5 min ago"],
    ["2026-11-25T09:00:00.000Z", "3 h ago"],
    ["2026-11-24T09:00:00.000Z", "yesterday"],
    ["2026-11-20T12:00:00.000Z", "5 days ago"],
    ["2026-10-12T12:00:00.000Z", "Oct 12"],
    ["2026-11-25T12:00:09.000Z", "just now"],
  ])("%s is %s", (moment, words) => {
    expect(agoWords(moment, now)).toBe(words);
  });
});

describe("the line about a connection", () => {
  it("names platform, account and agent, and no account twice", () => {
    expect(lineAbout(aConnection())).toBe("WhatsApp · +49 30 555 0100 · answered by Baton");
    expect(lineAbout(aConnection({ name: "@bot", account: "@bot", channel: "telegram" }))).toBe(
      "Telegram · answered by Baton",
    );
    expect(lineAbout(aConnection({ account: undefined }))).toBe("WhatsApp · answered by Baton");
  });
});
