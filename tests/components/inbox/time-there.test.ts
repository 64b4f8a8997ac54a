import { describe, expect, it } from "vitest";
import { browserWords, knownBy } from "#components/inbox/details/identity-words.ts";
import { shiftWords, timeThere } from "#components/inbox/details/time-there.ts";
import { ChannelName } from "#contracts/channel";

const winter = Date.parse("2026-11-26T23:30:00Z");
const summer = Date.parse("2026-07-26T23:30:00Z");

describe("the clock of a customer", () => {
  it("tells the day with the time, as it may be tomorrow there", () => {
    expect(timeThere(winter, "Asia/Kathmandu")).toMatch(/Fri.*0?5:15/);
  });

  it("says how far it is from one's own, to the minute", () => {
    expect(shiftWords(winter, "Asia/Kathmandu", "Europe/London")).toBe("5 h 45 min ahead of you");
    expect(shiftWords(winter, "America/Los_Angeles", "UTC")).toBe("8 h behind you");
    expect(shiftWords(winter, "Europe/London", "UTC")).toBe("same as yours");
  });

  it("knows of summer time", () => {
    expect(shiftWords(summer, "Europe/London", "UTC")).toBe("1 h ahead of you");
  });
});

describe("who a customer is", () => {
  it("is told by what they are known, on each channel", () => {
    const said = ChannelName.options.map(knownBy);
    expect(new Set(said).size).toBe(said.length);
    expect(knownBy("web")).toContain("typed");
  });

  it("tells of the browser what there is", () => {
    expect(browserWords("Firefox on Windows", "German")).toBe("Firefox on Windows, in German");
    expect([browserWords(undefined, "German"), browserWords("Firefox", undefined)]).toEqual([
      "German",
      "Firefox",
    ]);
    expect(browserWords(undefined, undefined)).toBeUndefined();
  });
});
