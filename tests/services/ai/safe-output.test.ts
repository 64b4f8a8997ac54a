import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkRule, SafeOutput } from "#services/ai";

function anOutput(given = 3) {
  const cited: number[] = [];
  return new SafeOutput({
    allows: linkRule(["/help/returns#window"], ["https://shop.example"]),
    cite(number) {
      if (number < 1 || number > given) return undefined;
      if (!cited.includes(number)) cited.push(number);
      return cited.indexOf(number) + 1;
    },
    mostChars: 4_000,
  });
}

function clean(text: string, size = text.length) {
  const output = anOutput();
  let shown = "";
  for (let at = 0; at < text.length; at += size) shown += output.push(text.slice(at, at + size));
  shown += output.end();
  expect(shown).toBe(output.text);
  return { text: shown, confidence: output.confidence, mood: output.mood };
}

const cases: [what: string, said: string, shown: string][] = [
  ["keeps plain words", "Hello, it takes 3 < 5 days!", "Hello, it takes 3 < 5 days!"],
  ["keeps Markdown", "**Yes**: \n\n- one\n- two", "**Yes**: \n\n- one\n- two"],
  [
    "keeps a link to a source",
    "See [returns](/help/returns#window).",
    "See [returns](/help/returns#window).",
  ],
  [
    "keeps a link to the company",
    "See [us](https://shop.example/a?b=1).",
    "See [us](https://shop.example/a?b=1).",
  ],
  ["keeps a bare address of the company", "Go to https://shop.example/a.", "Go to https://shop.example/a."],
  ["leaves the words of an unknown link", "Click [here](https://evil.example/x).", "Click here."],
  [
    "shows an unknown address as text",
    "Go to https://evil.example/x, now.",
    "Go to `https://evil.example/x`, now.",
  ],
  ["shows www as text", "Go to www.evil.example.", "Go to `www.evil.example`."],
  ["drops images", "Look ![cat](https://evil.example/?q=secret) here", "Look here"],
  [
    "drops an image in a link",
    "Look [![c](https://evil.example/a)](https://evil.example/b) here",
    "Look here",
  ],
  ["lets no link's words make a tag", "<[<img src=](https://evil.example)", "< img src="],
  [
    "lets no mark beside it open the code span of an address",
    "`<https://[x](https://evil.example)",
    "`xevil.example",
  ],
  ["drops markup that loads", '<img src="https://evil.example/x">Hi', "Hi"],
  [
    "refuses other schemes",
    "[x](javascript:alert(1)) [y](data:text/html,z) <javascript:alert(1)>",
    "x y `javascript:alert(1)`",
  ],
  ["refuses an address with a user name", "[x](https://shop.example@evil.example/)", "x"],
  ["refuses a backslash", "[x](https://shop.example\\@evil.example/)", "x"],
  ["refuses a protocol-relative address", "[x](//evil.example/a)", "x"],
  ["refuses references", "[x][1a]\n\n[1a]: https://evil.example", "x[1a]\n\n1a: `https://evil.example`"],
  [
    "finds addresses behind invisible letters",
    "ht\u200btps://evil.example/a b",
    "`https://evil.example/a` b",
  ],
  [
    "finds an address in a label",
    "[https://evil.example](/help/returns)",
    "[`https://evil.example`](/help/returns)",
  ],
  [
    "keeps the halves of an address apart",
    "ht[9]tps://evil.example/a www[9].evil.example",
    "ht tps://evil.example/a www .evil.example",
  ],
  ["keeps a label and a target apart", "[a][9](https://evil.example)", "a"],
  ["numbers citations by their order", "A [3]. B [1][3].", "A [1]. B [2][1]."],
  ["takes a citation that was made a link", "A [2](https://evil.example).", "A [1]."],
  ["drops unknown citations", "A [9]. B [2, 9].", "A. B [1]."],
  ["takes out the confidence", "Yes. [1]\n\n<confidence>0.8</confidence>", "Yes. [1]"],
  ["takes out an unfinished confidence", "Yes.\n<confidence>0.8", "Yes."],
  ["removes tag characters and NUL", "a\u{e0041}\u{e0042}b\u0000c", "abc"],
];

describe("what a model says, made safe to show", () => {
  for (const [what, said, shown] of cases) it(what, () => expect(clean(said).text).toBe(shown));

  it("reads the confidence in all usual ways", () => {
    expect(clean("a <confidence>0.85</confidence>").confidence).toBe(0.85);
    expect(clean("a <confidence>85%</confidence>").confidence).toBe(0.85);
    expect(clean("a <Confidence> 1 </Confidence> b").confidence).toBe(1);
    expect(clean("a <confidence>high</confidence>").confidence).toBeUndefined();
  });

  it("reads how the customer sounds beside it, and hides that too", () => {
    const told = clean("Sorry. <confidence>0.8 mood −0.65</confidence>");
    expect([told.text, told.confidence, told.mood]).toEqual(["Sorry.", 0.8, -0.65]);
    expect(clean("a <confidence>0.8, mood: -3</confidence>").mood).toBe(-1);
    expect(clean("a <confidence>0.8</confidence>").mood).toBeUndefined();
    expect(clean("a mood -0.5").mood).toBeUndefined();
  });

  it("shows the same however the text was split", () => {
    for (const [, said] of cases) {
      const whole = clean(said);
      for (const size of [1, 2, 3, 5, 7, 11]) expect(clean(said, size)).toEqual(whole);
    }
  });

  it("keeps a character whole that was split in half", () => {
    expect(clean("Yes 😀!", 1).text).toBe("Yes 😀!");
  });

  it("never shows an image, a foreign link or a foreign address, whatever is mixed", () => {
    const scraps = [
      "[",
      "]",
      "(",
      ")",
      "!",
      "<",
      ">",
      "[9]",
      "[1]",
      "a",
      " ",
      "\n",
      "`",
      "\u200b",
      "https://",
      "evil.example",
      "http",
      "s://",
      "www",
      ".",
      "<img src=",
      "](",
      "![",
      "<https://evil.example>",
      "[x](https://evil.example)",
      "<confidence>",
      "</confidence>",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...scraps), { maxLength: 24 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const { text } = clean(parts.join(""), size);
          const bare = text.replace(/`[^`\n]*`/g, "``");
          expect(bare).not.toMatch(/!\[[^\]]*\]\(/);
          expect(bare).not.toMatch(/\]\(\s*<?(?:https?:|www\.)/i);
          expect(bare).not.toMatch(/<img|<https?:/i);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
