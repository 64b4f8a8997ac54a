import { describe, expect, it } from "vitest";
import { fromFirstMark, pieces } from "#components/inbox/search/pieces.ts";

const marked = (text: string, marks: { start: number; end: number }[]) =>
  pieces({ text, marks }).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text));

describe("marks in what was found", () => {
  it("cut the text where they begin and end", () => {
    expect(marked("My parcel is late", [{ start: 3, end: 9 }])).toEqual(["My ", "[parcel]", " is late"]);
  });

  it("may come in any order, touch, or overlap", () => {
    expect(
      marked("abcdef", [
        { start: 3, end: 5 },
        { start: 0, end: 4 },
      ]).join(""),
    ).toBe("[abcd][e]f");
  });

  it("never add to a text or take from it, whatever they say", () => {
    const text = "short";
    expect(
      pieces({
        text,
        marks: [
          { start: 2, end: 99 },
          { start: 50, end: 60 },
        ],
      })
        .map((p) => p.text)
        .join(""),
    ).toBe(text);
    expect(pieces({ text, marks: [] })).toEqual([{ text, marked: false, at: 0 }]);
  });
});

describe("an excerpt", () => {
  it("begins shortly before what was looked for, at a whole word", () => {
    const text = `${"word ".repeat(20)}parcel and more`;
    const shown = fromFirstMark({ text, marks: [{ start: 100, end: 106 }] });
    expect(shown.text.startsWith("…word")).toBe(true);
    expect(shown.text.length).toBeLessThan(60);
    expect(pieces(shown).find(({ marked }) => marked)?.text).toBe("parcel");
  });

  it("stays whole where that is near its beginning, or nothing was marked", () => {
    expect(fromFirstMark({ text: "A parcel", marks: [{ start: 2, end: 8 }] }).text).toBe("A parcel");
    expect(fromFirstMark({ text: "Nothing", marks: [] }).text).toBe("Nothing");
  });
});
