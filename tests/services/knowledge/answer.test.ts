import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { articleSearch, extractAnswer, parseArticleFile } from "#services/knowledge";

const folder = new URL("../../../demo/help-centre/", import.meta.url);
const files = readdirSync(folder).map((name) =>
  parseArticleFile(name, readFileSync(new URL(name, folder), "utf8")),
);
const search = articleSearch(files.map(({ slug, title, body }) => ({ id: slug, title, body })));

function ask(query: string) {
  return extractAnswer(query, search({ query }));
}

describe("the keyless answer", () => {
  it("quotes what answers, and names article and section", () => {
    const answer = ask("do your boots run small?");
    expect(answer?.text).toContain("Our hiking boots run half a size small.");
    expect(answer?.text).toMatch(/\[1\]$/);
    expect(answer?.sources).toMatchObject([
      { number: 1, title: "Sizes and fit", section: "Shoes", anchor: "shoes" },
    ]);
  });

  it("keeps a list of steps and a table whole and in order", () => {
    const steps = ask("how do I send something back")?.text ?? "";
    expect(steps.indexOf("1. Open")).toBeLessThan(steps.indexOf("3. Print the label"));
    expect(ask("how long does delivery take to austria")?.text).toContain(
      "| Austria, Denmark, Netherlands |",
    );
  });

  it("never says a word that is not in the article", () => {
    for (const question of [
      "money back",
      "tent pole broken",
      "student discount",
      "wash down jacket",
      "open on sunday",
    ]) {
      const answer = ask(question);
      const bodies = files.map((file) => file.body.replace(/\s+/g, " ")).join(" ");
      for (const { quote } of answer?.sources ?? []) {
        for (const sentence of quote.split(/\n+/))
          expect(bodies).toContain(sentence.replace(/\s+/g, " ").trim());
      }
      expect(answer?.text.length).toBeLessThan(700);
    }
  });

  it("has nothing to say without passages", () => {
    expect(extractAnswer("anything", [])).toBeUndefined();
    expect(ask("hello")).toBeUndefined();
  });

  it("takes a few sentences of a long passage, not all of it", () => {
    const filler = "The weather in the north is often mild and calm. ".repeat(14);
    const body = `${filler}A refund takes five days. ${filler}`.slice(0, 1_500);
    const find = articleSearch([{ id: "a", title: "Notes", body }]);
    const answer = extractAnswer(
      "how long does a refund take",
      find({ query: "how long does a refund take" }),
    );
    expect(answer?.sources[0]?.quote).toBe("A refund takes five days.");
  });
});

describe("the demo help centre", () => {
  it("holds at least 15 articles with sections, each with a title and a slug of its own", () => {
    expect(files.length).toBeGreaterThanOrEqual(15);
    expect(new Set(files.map((file) => file.slug)).size).toBe(files.length);
    for (const file of files) expect(file.body.match(/^## /gm)?.length ?? 0).toBeGreaterThanOrEqual(3);
  });
});
