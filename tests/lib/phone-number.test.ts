import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { e164, phoneNumber, phoneWords } from "#lib/phone-number";

describe("a phone number", () => {
  it.each([
    ["+1 (555) 555-0123", "+15555550123"],
    ["0049 30 901820", "+4930901820"],
    ["+44 20 7946 0958", "+442079460958"],
    ["+15555550123", "+15555550123"],
  ])("%s has one form", (written, number) => {
    expect(e164(written)).toBe(number);
  });

  it.each(["", "12", "030 901820", "call me", "+0 000", "+15555550123 ext. 5", "+1555555012345678901"])(
    "is not %j",
    (written) => {
      expect(e164(written)).toBeUndefined();
      expect(() => phoneNumber(written)).toThrow("Write the number with + and its country");
    },
  );

  it.each([
    ["+12065550147", "+1 (206) 555-0147"],
    ["+4930901820", "+49 30 901820"],
    ["+447911123456", "+44 7911 123456"],
    ["Ann Lee", "Ann Lee"],
    ["+", "+"],
  ])("%s is read as %s", (number, words) => {
    expect(phoneWords(number)).toBe(words);
  });

  it("is the same when it is read again, and nothing else ever comes of it", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^\+?[0-9 ()-]*$/)),
        (written) => {
          const number = e164(written);
          if (number === undefined) return;
          expect(number).toMatch(/^\+[1-9]\d{6,14}$/);
          expect(e164(number)).toBe(number);
        },
      ),
    );
  });
});
