import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smsSegments } from "#contracts/sms-segments";

describe("SMS segments", () => {
  it.each([
    ["", "GSM-7", 0, 160],
    ["a".repeat(160), "GSM-7", 1, 0],
    ["a".repeat(161), "GSM-7", 2, 145],
    ["a".repeat(306), "GSM-7", 2, 0],
    ["a".repeat(307), "GSM-7", 3, 152],
    ["€".repeat(80), "GSM-7", 1, 0],
    ["é ü ñ Ω §", "GSM-7", 1, 151],
    ["ç", "UCS-2", 1, 69],
    ["ж".repeat(70), "UCS-2", 1, 0],
    ["ж".repeat(71), "UCS-2", 2, 63],
    ["ж".repeat(134), "UCS-2", 2, 0],
    ["😀".repeat(35), "UCS-2", 1, 0],
  ] as const)("counts %j", (text, encoding, segments, left) => {
    expect(smsSegments(text)).toEqual({ encoding, segments, left });
  });

  it("splits no sign that takes two places", () => {
    // The escape would be the 153rd place, and its sign the first of the next.
    expect(smsSegments(`${"a".repeat(152)}€${"a".repeat(8)}`)).toMatchObject({ segments: 2, left: 143 });
    expect(smsSegments(`${"ж".repeat(66)}😀${"ж".repeat(3)}`)).toMatchObject({ segments: 2, left: 62 });
  });

  it("never says that more fits than does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
        const { encoding, segments, left } = smsSegments(text);
        const filler = encoding === "GSM-7" ? "a" : "ж";
        expect(smsSegments(text + filler.repeat(left)).segments).toBe(segments === 0 ? 1 : segments);
        if (segments > 1) expect(smsSegments(text + filler.repeat(left + 1)).segments).toBe(segments + 1);
      }),
    );
  });
});
