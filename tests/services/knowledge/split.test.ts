import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitArticle } from "#services/knowledge";
import { growth, linear } from "#support/growth";

describe("splitting an article", () => {
  it("makes a passage of each section, with the way to it and an anchor", () => {
    const passages = splitArticle(
      "Before all.\n\n## Returns\nThirty days.\n\n### From abroad\nYou pay.\n\n## Refunds\nSoon.",
    );
    expect(passages.map(({ section, anchor, text }) => [section, anchor, text])).toEqual([
      ["", "", "Before all."],
      ["Returns", "returns", "Thirty days."],
      ["Returns › From abroad", "from-abroad", "You pay."],
      ["Refunds", "refunds", "Soon."],
    ]);
  });

  it("takes a first-level heading for the title, not for a section", () => {
    expect(splitArticle("# Returns\n\nThirty days.")).toMatchObject([{ section: "", text: "Thirty days." }]);
  });

  it("gives two sections of one name different anchors", () => {
    const anchors = splitArticle("## Cost\na\n\n## Cost\nb").map((passage) => passage.anchor);
    expect(anchors).toEqual(["cost", "cost-1"]);
  });

  it("cuts a long section between paragraphs", () => {
    const paragraph = `${"A sentence of some length. ".repeat(15).trim()}`;
    const passages = splitArticle(`## Long\n\n${paragraph}\n\n${paragraph}\n\n${paragraph}`);
    expect(passages.map((passage) => passage.text)).toEqual([`${paragraph}\n\n${paragraph}`, paragraph]);
    expect(new Set(passages.map((passage) => passage.anchor)).size).toBe(1);
  });

  it("cuts a paragraph that is too long between sentences", () => {
    const passages = splitArticle("This is one sentence of it. ".repeat(80));
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages) {
      expect(text.length).toBeLessThanOrEqual(900);
      expect(text).toMatch(/^This .* it\.$/);
    }
  });

  it("never cuts a code fence or a table, and sees no heading in a fence", () => {
    const code = `\`\`\`sh\n# not a heading\n${"echo hello\n\n".repeat(120)}\`\`\``;
    const table = `| a | b |\n| --- | --- |\n${"| some text | more text |\n".repeat(60).trim()}`;
    const texts = splitArticle(`## Code\n\nRun this:\n\n${code}\n\n## Table\n\n${table}`).map(
      ({ text }) => text,
    );
    expect(texts).toEqual(["Run this:", code, table]);
  });

  it("loses no word of any text", () => {
    const line = fc.constantFrom(
      "# One",
      "## Two",
      "text here",
      "- item",
      "1. step",
      "```",
      "| a | b |",
      "",
      "   ",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const count = (text: string) => text.match(/here|item|step/g)?.length ?? 0;
        const kept = splitArticle(lines.join("\n")).map((passage) => passage.text);
        expect(count(kept.join("\n"))).toBe(count(lines.join("\n")));
      }),
    );
  });

  it("takes no more than its share of time in a megabyte of hostile text", () => {
    const split = (size: number) =>
      splitArticle("#".repeat(3 * size) + "\n".repeat(3 * size) + "![[(".repeat(size));
    expect(growth(split, 12_000)).toBeLessThan(linear);
  });
});
