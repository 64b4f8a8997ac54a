import { describe, expect, it } from "vitest";
import type { CaseResult } from "#contracts/copilot";
import { regression, scoreAnswer, type Wanted } from "#services/copilot";

const article = "0190d000-0000-7000-8000-000000000001";
const wanted: Wanted = {
  answer: "You can return unworn items within 30 days. Shipping back is free.",
  points: [],
  articleId: article,
};

describe("the score of an answer", () => {
  it("passes other words that say the same from the wanted article", () => {
    expect(
      score("Returning is possible for 30 days if items are unworn, and return shipping is free."),
    ).toMatchObject({
      passed: true,
      article: true,
    });
  });

  it("fails a wrong number, however alike the rest is", () => {
    const { passed, overlap } = score("You can return unworn items within 14 days. Shipping back is free.");
    expect([passed, overlap]).toEqual([false, 0.5]);
  });

  it("fails an answer from another article, and one that failed", () => {
    expect(score(wanted.answer, { articleId: "0190d000-0000-7000-8000-000000000002" })).toMatchObject({
      passed: false,
      article: false,
      overlap: 1,
    });
    expect(score(wanted.answer, { outcome: "failed" }).passed).toBe(false);
  });

  it("holds an answer to the points where there are some, and to no article where none is named", () => {
    const points = { ...wanted, points: ["free of charge", "prepaid label"], articleId: undefined };
    const result = scoreAnswer(points, given("It is free of charge with the prepaid label."), "en");
    expect(result).toMatchObject({ passed: true, overlap: 1 });
    expect(result.article).toBeUndefined();
  });
});

describe("a regression", () => {
  const before: CaseResult = {
    caseId: article,
    passed: true,
    overlap: 0.9,
    article: true,
    confidence: 0.8,
    answer: "",
  };

  it.each([
    [{ article: false, passed: false }, "no longer comes from the wanted article"],
    [{ passed: false, overlap: 0.5 }, "no longer passes"],
    [{ overlap: 0.65 }, "says 65% of what it should, 90% before"],
  ])("is told for %j", (change, words) => {
    expect(regression(before, { ...before, ...change })).toBe(words);
  });

  it("is none where an answer wavers a little, or always failed", () => {
    expect(regression(before, { ...before, overlap: 0.75, confidence: 0.2 })).toBeUndefined();
    const failing = { ...before, passed: false };
    expect(regression(failing, failing)).toBeUndefined();
  });
});

function score(text: string, change: { articleId?: string; outcome?: "failed" } = {}) {
  return scoreAnswer(wanted, given(text, change), "en");
}

function given(text: string, { articleId = article, outcome = "complete" as "complete" | "failed" } = {}) {
  const confidence = {
    value: 0.8,
    parts: { by: "keyless", kind: "answer", retrieval: 0.8, cited: 1 } as const,
  };
  return {
    text,
    sources: [{ number: 1, articleId, title: "Returns", url: "/help/returns" }],
    confidence,
    outcome,
  };
}
