import { describe, expect, it } from "vitest";
import { closedWords, replyWindow, roomLeft, timeLeft } from "#components/inbox/composer/reply-window.ts";
import { placeOf } from "#support/inbox-channels";

const now = Date.parse("2026-11-20T12:00:00Z");
const { situation } = placeOf(10, now);
if (!situation) throw new Error("There is no platform to try.");
const minute = 60_000;
const until = (minutes: number) => ({
  ...situation,
  replyUntil: new Date(now + minutes * minute).toISOString(),
});

describe("the reply window", () => {
  it("is open, then near its end for two hours, then closed", () => {
    const states = [24 * 60, 121, 120, 1, 0, -5].map((minutes) => replyWindow(until(minutes), now)?.state);
    expect(states).toEqual(["open", "open", "ending", "ending", "closed", "closed"]);
  });

  it("is no matter where words always reach the customer", () => {
    const { replyUntil: _, ...always } = situation;
    expect(replyWindow(always, now)).toBeUndefined();
    expect(replyWindow(undefined, now)).toBeUndefined();
  });

  it("says when it ended, or that it was never open", () => {
    const began = "2026-11-20T12:00:00.000Z";
    const words = (until: string) => closedWords(until, began, () => "at noon");
    expect(words("2026-11-21T12:00:00.000Z")).toBe("The time to reply ended at noon.");
    expect(words("1970-01-02T00:00:00.000Z")).toBe("The customer has not written in this conversation yet.");
  });

  it("never promises more time than there is", () => {
    expect(timeLeft(20_000)).toBe("less than a minute");
    expect(timeLeft(9.9 * minute)).toBe("9 min");
    expect(timeLeft(192 * minute + 59_000)).toBe("3 h 12 min");
    expect(timeLeft(148 * 60 * minute)).toBe("6 d 4 h");
  });
});

describe("the room of one message", () => {
  it("is told only near its end", () => {
    expect(roomLeft("x".repeat(100), 160)).toBeUndefined();
    expect(roomLeft("x".repeat(148), 160)).toBe("12 characters left");
    expect(roomLeft("x".repeat(159), 160)).toBe("1 character left");
  });

  it("says in how many messages a longer text goes out", () => {
    expect(roomLeft("x".repeat(161), 160)).toBe("Goes out as 2 messages");
    expect(roomLeft("x".repeat(400), 160)).toBe("Goes out as 3 messages");
  });
});
