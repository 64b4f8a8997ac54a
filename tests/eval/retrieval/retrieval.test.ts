import { describe, expect, it } from "vitest";
import { articleSearch, type LooseArticle, retrievalConfidence } from "#services/knowledge";
import { bm25 } from "./bm25.ts";
import { articleFinder, demoArticles, evaluationFile, hitsOf, type Question } from "./files.ts";

const articles = evaluationFile<(LooseArticle & { body: string })[]>("articles.json");

describe("questions in a customer's words", () => {
  // The halves ask for different articles; weights and vocabulary were tuned on the first only.
  for (const half of ["questions-dev.json", "questions-heldout.json"]) {
    it(`finds the right article far more often than BM25 (${half})`, () => {
      const questions = evaluationFile<Question[]>(half);
      const ours = hitsOf(questions, articleFinder(articles));
      const plain = hitsOf(questions, bm25(articles));
      const stemmed = hitsOf(questions, bm25(articles, { stemmed: true }));
      expect(questions.length).toBeGreaterThanOrEqual(100);
      expect(ours.hitAt1).toBeGreaterThan(Math.max(plain.hitAt1, stemmed.hitAt1) + 0.08);
      expect(ours.hitAt1).toBeGreaterThan(0.6);
      expect(ours.hitAt3).toBeGreaterThan(0.8);
    });
  }

  it("finds it in other trades too, among the articles of all", () => {
    const questions = evaluationFile<Question[]>("questions-other.json");
    const all = [...articles, ...evaluationFile<typeof articles>("articles-other.json")];
    const ours = hitsOf(questions, articleFinder(all)).hitAt1;
    expect(ours).toBeGreaterThan(hitsOf(questions, bm25(all, { stemmed: true })).hitAt1 + 0.08);
  });

  it("answers most questions to the demo help centre", () => {
    const questions = evaluationFile<Partial<Question>[]>("confidence.json").filter(isQuestion);
    expect(hitsOf(questions, articleFinder(demoArticles())).hitAt1).toBeGreaterThan(0.8);
  });
});

describe("confidence", () => {
  const search = articleSearch(demoArticles());
  const lines = evaluationFile<{ text: string; onTopic: boolean }[]>("confidence.json").map((line) => {
    const value = retrievalConfidence(line.text, search({ query: line.text })).value;
    return { ...line, value };
  });
  const on = lines.filter((line) => line.onTopic).map((line) => line.value);
  const off = lines.filter((line) => !line.onTopic).map((line) => line.value);

  it("is higher for nearly every question that the articles answer than for one that they do not", () => {
    const pairs = on.flatMap((a) => off.map((b) => Number(a > b) + Number(a === b) / 2));
    expect(pairs.reduce((sum, one) => sum + one, 0) / pairs.length).toBeGreaterThan(0.95);
  });

  it("parts them at 0.35", () => {
    expect(on.filter((value) => value >= 0.35).length / on.length).toBeGreaterThanOrEqual(0.9);
    expect(off.filter((value) => value < 0.35).length / off.length).toBeGreaterThanOrEqual(0.9);
  });
});

function isQuestion(line: Partial<Question>): line is Question {
  return line.article !== undefined;
}
