import { describe, expect, it } from "vitest";
import { growth, linear } from "#support/growth";
import { widgetSource } from "#support/widget-source";

const { heal } = await widgetSource<{ heal: (text: string) => string }>("text/heal.ts");

describe("a text that is still being written", () => {
  it.each([
    ["You have **30 da", "You have **30 da**"],
    ["You have **30 days*", "You have **30 days**"],
    ["You have **30 days** to *re", "You have **30 days** to *re*"],
    ["***both", "***both***"],
    ["a **b *c", "a **b *c***"],
    ["trailing **words ", "trailing **words** "],
    ["Press `Ctrl", "Press `Ctrl`"],
    ["nothing yet **", "nothing yet "],
    ["~~old pri", "~~old pri~~"],
    ["```js\nlet a", "```js\nlet a\n```"],
    ["See [our condi", "See our condi"],
    ["See [our conditions](https://shop.exam", "See our conditions"],
    ["See ![a ma", "See a ma"],
    ["first **is closed**\n\nsecond **is n", "first **is closed**\n\nsecond **is n**"],
    ["left *open\n\nbut over", "left *open\n\nbut over"],
    ["1. **one**\n2. **tw", "1. **one**\n2. **tw**"],
  ])("is closed where it is open: %j", (text, whole) => {
    expect(heal(text)).toBe(whole);
  });

  it.each([
    "You have **30 days**.",
    "Two * three is six",
    "snake_case_name",
    "See [1] and [the page](https://shop.example/a).",
    "`**not bold`",
    "\\*no emphasis",
    "a list\n- one\n- two",
    "```\ncode **\n```\n",
    "",
  ])("stays as it is where it is whole: %j", (text) => {
    expect(heal(text)).toBe(text);
  });

  it("takes no more than its share of time, however much is open", () => {
    for (const piece of ["[", "**a ", "`", "_a", "![a](", "* "]) {
      expect(
        growth((size) => heal(piece.repeat(size)), 500),
        piece,
      ).toBeLessThan(linear);
    }
  });
});
