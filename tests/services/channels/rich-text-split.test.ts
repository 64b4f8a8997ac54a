import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { telegram } from "#channels/text/dialects/telegram";
import { wordsOf } from "#channels/text/lines";
import { readLines } from "#channels/text/read";
import { renderParts } from "#channels/text/render";
import { split } from "#channels/text/split";
import { write } from "#channels/text/write";
import { lexed } from "#client/lexed";
import { growth, linear } from "#support/growth";

type Dialect = Parameters<typeof renderParts>[1]["dialect"];

const dialects: Dialect[] = ["markdown", "plain", "slack", "teams", "telegram", "whatsapp"];

function texts(markdown: string, dialect: Dialect, maxLength: number): string[] {
  return renderParts(markdown, { dialect, maxLength }).map(({ text }) => text);
}

describe("a message longer than its platform takes", () => {
  it("is cut between paragraphs first", () => {
    const text = `${"One. ".repeat(12)}\n\n${"Two. ".repeat(12)}\n\n${"Three. ".repeat(12)}`;

    expect(texts(text, "plain", 130)).toEqual([
      `${"One. ".repeat(12)}\n\n${"Two. ".repeat(12)}`.replace(/ +(?=\n|$)/g, ""),
      "Three. ".repeat(12).trim(),
    ]);
  });

  it("is cut between lines where a paragraph is too long", () => {
    const text = "- first thing to do\n- second thing to do\n- third thing to do";

    expect(texts(text, "whatsapp", 45)).toEqual([
      "- first thing to do\n- second thing to do",
      "- third thing to do",
    ]);
  });

  it("is cut between sentences where a line is too long, then between words", () => {
    expect(texts("The parcel left. It arrives on Monday. Bye.", "plain", 40)).toEqual([
      "The parcel left. It arrives on Monday.",
      "Bye.",
    ]);
    expect(texts("The parcel that you sent for is late", "plain", 20)).toEqual([
      "The parcel that you",
      "sent for is late",
    ]);
  });

  it("does not make a short greeting a message of its own", () => {
    const [first] = texts(`Hi.\n\n${"A word and another. ".repeat(20)}`, "plain", 200);

    expect(first?.length).toBeGreaterThan(150);
  });

  it("does not part a heading from what it stands over", () => {
    const parts = texts(
      `${"Some words here. ".repeat(5)}\n\n# Next\n\n${"More words. ".repeat(8)}`,
      "plain",
      110,
    );

    expect(parts[1]).toMatch(/^Next\n\nMore words/);
  });

  it("closes a block of code and opens it again", () => {
    const code = Array.from({ length: 8 }, (_, at) => `line_${at}()`).join("\n");

    const parts = texts(`\`\`\`py\n${code}\n\`\`\``, "teams", 60);

    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part).toMatch(/^```py\n[^`]+\n```$/);
  });

  it("closes a mark and opens it again", () => {
    const parts = texts(`**${"bold ".repeat(20).trim()}**`, "telegram", 60);

    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part).toMatch(/^<b>bold( bold)*<\/b>$/);
  });

  it("numbers a list's items once, also where one is cut", () => {
    const parts = texts(`1. ${"word ".repeat(20)}\n2. end`, "whatsapp", 60);

    expect(parts.join("\n").match(/1\./g)).toHaveLength(1);
    expect(parts.at(-1)).toMatch(/2\. end$/);
  });

  it("never cuts a link, unless it is longer than a message", () => {
    const link = "[the page of your order](https://example.com/orders/1234567890)";
    const kept = texts(`${"Some words before it ".repeat(4)}${link} and after`, "slack", 100);
    const endless = texts(`[here](https://example.com/${"a".repeat(300)})`, "slack", 100);

    expect(kept.join("\n")).toContain("<https://example.com/orders/1234567890|the page of your order>");
    expect(endless.join("")).toContain(`https://example.com/${"a".repeat(300)}`);
  });

  it("never cuts a letter, however many code points it has", () => {
    for (const letter of ["👩‍👩‍👧‍👦", "e\u0301"]) {
      const parts = texts(letter.repeat(100), "telegram", 101);

      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(part.replaceAll(letter, "")).toBe("");
    }
  });

  it("cuts a letter that is longer than a message between its code points", () => {
    const letter = `e${"\u0301".repeat(100)}`;

    const parts = texts(letter, "plain", 40);

    expect(parts.join("")).toBe(letter);
  });

  it("takes no more than its share of time for a long message", { timeout: 30_000 }, () => {
    const cut = (size: number) => {
      const words = "Lorem **ipsum** dolor [sit](https://a.example/) amet. ".repeat(2 * size);
      for (const dialect of ["plain", "telegram"] as const)
        texts(`${words}\n\n${"- one\n".repeat(5 * size)}`, dialect, 1_600);
    };

    expect(growth(cut, 40)).toBeLessThan(linear);
  });
});

// Each word is told from all others, so that its place can be looked for.
const aWord = fc.stringMatching(/^[a-zé漢👍]{1,14}$/u);
const marked = fc.tuple(
  fc.constantFrom("", "", "**", "*", "~~", "`"),
  fc.array(aWord, { minLength: 1, maxLength: 6 }),
);
const sentence = fc.array(marked, { minLength: 1, maxLength: 8 });
const aBlock = fc.record({
  kind: fc.constantFrom("text", "text", "heading", "item", "number", "quote", "code", "link", "html"),
  sentence,
});

function aMessage(blocks: { kind: string; sentence: [string, string[]][] }[]) {
  const words: string[] = [];
  const written = blocks.map(({ kind, sentence }) => {
    const numbered = sentence.map(([mark, each]) => {
      const named = each.map((word) => `${word}${words.push(`${word}${words.length}z`) - 1}z`);
      return kind === "code" || kind === "link" || kind === "html"
        ? named.join(" ")
        : mark + named.join(" ") + mark;
    });
    const text = numbered.join(kind === "code" ? "\n" : " & ");
    if (kind === "heading") return `## ${text}`;
    if (kind === "item") return `- ${text}\n- again`;
    if (kind === "number") return `3. ${text}`;
    if (kind === "quote") return `> ${text}`;
    if (kind === "code") return `\`\`\`js\n${text}\n\`\`\``;
    if (kind === "link") return `so [${text}](https://example.com/?a=1&b="x")`;
    if (kind === "html") return `it is <i class="x">${text}</i> "so" < > *`;
    return text;
  });
  return { markdown: written.join("\n\n"), words };
}

const message = fc.array(aBlock, { minLength: 1, maxLength: 8 }).map(aMessage);
const dialect = fc.constantFrom(...dialects);
const maxLength = fc.integer({ min: 60, max: 600 });
const without = (text: string) => text.replace(/\s+/g, "");

describe("whatever a message holds", { timeout: 30_000 }, () => {
  it("holds every word in order, in both ways of writing", () => {
    fc.assert(
      fc.property(message, dialect, maxLength, ({ markdown, words }, way, most) => {
        const parts = renderParts(markdown, { dialect: way, maxLength: most });
        const plain = without(parts.map((part) => part.plain).join(""));
        let from = 0;
        for (const word of words) {
          const at = plain.indexOf(word, from);
          expect(at, word).toBeGreaterThanOrEqual(from);
          from = at + word.length;
        }
      }),
    );
  });

  it("has parts that fit, hold something, and break no letter", () => {
    const anything = fc.oneof(
      message.map(({ markdown }) => markdown),
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(..."*_~`[]()<>&#-> \n|!1.a🏴‍☠️\\:"), maxLength: 400 }),
    );
    fc.assert(
      fc.property(anything, dialect, fc.integer({ min: 20, max: 300 }), (markdown, way, most) => {
        for (const { text, plain } of renderParts(markdown, { dialect: way, maxLength: most })) {
          expect(text.length).toBeLessThanOrEqual(most);
          expect(plain.length).toBeLessThanOrEqual(most);
          expect(text.trim()).not.toBe("");
          expect(plain.trim()).not.toBe("");
          expect(text.isWellFormed() || !markdown.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("begins and ends each part with words, also where its marks leave little room", () => {
    const words = fc.constantFrom(
      "a",
      "of",
      "words ",
      "**b** ",
      "- ",
      "> ",
      "1. ",
      "\n",
      "\n\n",
      "```\n",
      "    ",
    );
    const anything = fc.array(words, { maxLength: 80 }).map((some) => some.join(""));
    fc.assert(
      fc.property(anything, fc.integer({ min: 14, max: 60 }), (markdown, most) => {
        const fits = (lines: Parameters<typeof write>[0]) => write(lines, telegram).length <= most;
        for (const part of split(readLines(lexed(markdown)), fits, most)) {
          const edges = [part.at(0), part.at(-1)];
          expect(edges.map((line) => line && wordsOf(line).trim())).not.toContain("");
          expect(edges).not.toContain(undefined);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is sent as it stands where it is nothing but signs", () => {
    const signs = fc.string({ unit: fc.constantFrom(..."*_~`[]()<>&#-> \n|!1.\\:"), maxLength: 20 });
    fc.assert(
      fc.property(signs, dialect, (markdown, way) => {
        const parts = renderParts(markdown, { dialect: way, maxLength: 600 });
        expect(parts).toHaveLength(markdown.trim() === "" ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it("is balanced HTML in every part for Telegram", () => {
    const anything = fc.oneof(
      message.map(({ markdown }) => markdown),
      fc.string({ unit: fc.constantFrom(...'*_~`[]()<>&#-> \n|!1.a\\:"'), maxLength: 400 }),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 20, max: 300 }), (markdown, most) => {
        for (const part of texts(markdown, "telegram", most)) expect(faultOf(part)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("reads the same when our Markdown is read again", () => {
    fc.assert(
      fc.property(
        message,
        fc.constantFrom<Dialect>("markdown", "teams"),
        maxLength,
        ({ markdown }, way, most) => {
          for (const { text, plain } of renderParts(markdown, { dialect: way, maxLength: most })) {
            expect(without(texts(text, "plain", 5_000).join(""))).toBe(without(plain));
          }
        },
      ),
    );
  });

  it("opens as many blocks of code as it closes", () => {
    fc.assert(
      fc.property(
        message,
        fc.constantFrom<Dialect>("slack", "teams", "whatsapp"),
        maxLength,
        (some, way, most) => {
          for (const part of texts(some.markdown, way, most)) {
            expect((part.match(/^```/gm) ?? []).length % 2).toBe(0);
          }
        },
      ),
    );
  });
});

const tag = /<(\/?)(b|i|s|code|pre|blockquote|a)((?: (?:href|class)="[^"<>]*")?)>/g;

/** What Telegram's reader of HTML would complain of. */
function faultOf(html: string): string | undefined {
  const open: string[] = [];
  for (const [whole, closes, name = ""] of html.matchAll(tag)) {
    if (closes === "/") {
      if (open.pop() !== name) return `${whole} closes another`;
    } else open.push(name);
  }
  if (open.length > 0) return `${open} left open`;
  const text = html.replace(tag, "");
  return /[<>]|&(?!(?:amp|lt|gt|quot);)/.exec(text)?.[0];
}
