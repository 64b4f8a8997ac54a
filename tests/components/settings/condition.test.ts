import { describe, expect, it } from "vitest";
import { conditionOf } from "#components/settings/channels/condition.ts";
import { queueOf, troublesOf } from "#components/settings/channels/troubles.ts";
import { aConnection, calm, withHealth } from "./sample.ts";

const refused = (lastAt: string) => [{ reason: "signature" as const, count: 3, lastAt }];

describe("the word for a connection", () => {
  it("is Working when messages come and go", () => {
    expect(conditionOf(aConnection()).word).toBe("Working");
  });

  it("says that nothing has come yet, rather than that it works", () => {
    expect(conditionOf(aConnection({ health: calm })).word).toBe("Nothing received yet");
  });

  it("asks for attention when the newest delivery was refused, as after a wrongly pasted secret", () => {
    expect(conditionOf(withHealth({ rejections: refused("2026-11-25T10:05:00.000Z") })).word).toBe(
      "Needs attention",
    );
    expect(
      conditionOf(aConnection({ health: { ...calm, rejections: refused("2026-11-25T10:05:00.000Z") } })).word,
    ).toBe("Needs attention");
  });

  it("says that the secrets are locked where this server cannot open them", () => {
    expect(conditionOf(aConnection({ state: "locked" })).word).toBe("Secrets locked");
  });

  it("stays Working when the platform's own deliveries came after a refused one", () => {
    expect(conditionOf(withHealth({ rejections: refused("2026-11-25T09:00:00.000Z") })).word).toBe("Working");
  });

  it.each([
    ["a delivery in quarantine", { quarantined: 1 }],
    ["a message that failed", { outgoing: { waiting: 0, failed: 1, unknown: 0 } }],
    ["a message whose fate nobody knows", { outgoing: { waiting: 0, failed: 0, unknown: 1 } }],
    ["an error after the last message sent", { lastError: { words: "No.", at: "2026-11-25T11:00:00.000Z" } }],
  ])("asks for attention for %s", (_what, health) => {
    expect(conditionOf(withHealth(health)).word).toBe("Needs attention");
  });

  it("forgets an error once something was sent after it", () => {
    const lastError = { words: "No.", at: "2026-11-25T09:00:00.000Z" };
    expect(conditionOf(withHealth({ lastError })).word).toBe("Working");
  });

  it("tells that a connection is silent", () => {
    expect(conditionOf(withHealth({ silentSince: "2026-11-25T10:00:00.000Z" })).word).toBe("Unusually quiet");
  });

  it("puts a pause and refused credentials before all else", () => {
    const health = { ...calm, quarantined: 4 };
    expect(conditionOf(aConnection({ state: "paused", health })).word).toBe("Paused");
    expect(conditionOf(aConnection({ state: "revoked", health })).word).toBe("Credentials refused");
  });
});

describe("what lies undone", () => {
  it("is told in words, and what is only on its way apart from it", () => {
    const { health } = withHealth({
      rejections: refused("2026-11-25T10:05:00.000Z"),
      waiting: 2,
      quarantined: 3,
      outgoing: { waiting: 1, failed: 4, unknown: 5 },
    });
    expect(troublesOf(health)).toEqual([
      "Bad signature: 3 refused",
      "3 in quarantine",
      "4 not delivered",
      "5 perhaps not delivered",
    ]);
    expect(queueOf(health)).toEqual(["2 to be read", "1 to be sent"]);
  });

  it("is nothing on a calm connection", () => {
    expect([...troublesOf(calm), ...queueOf(calm)]).toEqual([]);
  });
});
