import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewTestCase } from "#contracts/copilot";
import { addTestCase, deleteTestCase, listTestCases, runAnswerEval, saveTestCase } from "#services/copilot";
import { deleteArticle, getArticle, saveArticle } from "#services/knowledge";
import { aHeldConversation, type Desk, type Held, openDesk, ports, say } from "./copilot-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const aCase = (change: Partial<NewTestCase> = {}): NewTestCase => ({
  question: "How long do I have to return a tent?",
  answer: "Within 60 days.",
  points: [],
  ...change,
});

describe("a test case", () => {
  it("is made of an answer that an operator corrects, with the question and what was said before", async () => {
    const held = await aHeldConversation("Do you ship to Norway?");
    await say(held, { author: { kind: "operator", name: "Anna" }, text: "Yes." });
    await say(held, { author: { kind: "customer" }, text: "What does that cost me?" });
    const wrong = await say(held, { author: { kind: "agent", id: held.agentId }, text: "It is free." });
    const from = { conversationId: held.conversationId, messageId: wrong.id };
    const { id: articleId } = await getArticle(held, "shipping-and-delivery");

    const made = await addTestCase(held.who, { from, answer: "12 euros.", points: [], articleId });

    expect(made).toMatchObject({
      question: "What does that cost me?",
      history: [
        { author: "customer", text: "Do you ship to Norway?" },
        { author: "operator", text: "Yes." },
      ],
      answer: "12 euros.",
      article: { id: articleId },
      from,
      createdBy: "Anna",
    });
  });

  it("is one for one answer, also when two correct it at once", async () => {
    const held = await aHeldConversation();
    const wrong = await say(held, { author: { kind: "agent", id: held.agentId }, text: "Ten days." });
    const from = { conversationId: held.conversationId, messageId: wrong.id };
    await Promise.all([
      addTestCase(held.who, { from, answer: "30 days.", points: [] }),
      addTestCase(held.who, { from, answer: "Thirty days.", points: [] }),
    ]);
    expect((await listTestCases(held, { limit: 10 })).cases).toHaveLength(1);
  });

  it("is none of what the customer or an operator said, nor of another company's answer or article", async () => {
    const [mine, theirs] = await Promise.all([aHeldConversation(), aHeldConversation()]);
    const asked = await say(mine, { author: { kind: "customer" }, text: "And for boots?" });
    const wrong = await say(theirs, { author: { kind: "agent", id: theirs.agentId }, text: "Ten days." });
    const place = (held: Held, messageId: string) => ({ conversationId: held.conversationId, messageId });
    const { id: articleId } = await getArticle(theirs, "returns");
    await expect(addTestCase(mine.who, aCase({ from: place(mine, asked.id) }))).rejects.toMatchObject({
      code: "invalid",
    });
    for (const from of [place(theirs, wrong.id), place(mine, wrong.id)]) {
      await expect(addTestCase(mine.who, aCase({ from }))).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(addTestCase(mine.who, aCase({ articleId }))).rejects.toMatchObject({ code: "not_found" });
    expect((await listTestCases(mine, { limit: 10 })).cases).toEqual([]);
  });

  it("can be changed and removed, and outlives its article", async () => {
    const held = await aHeldConversation();
    const { id: articleId } = await getArticle(held, "returns");
    const { id } = await addTestCase(held.who, aCase({ articleId, points: ["60 days"] }));
    expect(await saveTestCase(held, id, { answer: "A month." })).toMatchObject({
      answer: "A month.",
      points: ["60 days"],
      article: { id: articleId },
    });
    await deleteArticle(held, articleId);
    expect((await listTestCases(held, { limit: 10 })).cases[0]?.article).toBeUndefined();
    await deleteTestCase(held, id);
    await expect(saveTestCase(held, id, { answer: "Gone." })).rejects.toMatchObject({ code: "not_found" });
  });

  it("stands in a list of pages, newest first", async () => {
    const held = await aHeldConversation();
    const made: string[] = [];
    for (let n = 0; n < 5; n++)
      made.unshift((await addTestCase(held.who, aCase({ question: `Question ${n}?` }))).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTestCases(held, { limit: 2, cursor });
      seen.push(...page.cases.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(made);
    expect((await listTestCases(held, { limit: 2, cursor: "nonsense" })).cases).toEqual([]);
  });
});

describe("running the test cases", () => {
  it("passes, then fails when the article says something else, and says what became worse", async () => {
    const held = await aHeldConversation();
    const article = await getArticle(held, "returns");
    await addTestCase(held.who, aCase({ articleId: article.id, points: ["60 days"] }));
    const first = await run(held);
    expect([first.code, first.text]).toEqual([0, expect.stringMatching(/pass[\s\S]*nothing to compare/)]);

    await saveArticle(held, { ...article, body: article.body.replaceAll("60 days", "20 days") });
    const second = await run(held);

    expect(second.code).toBe(1);
    expect(second.text).toMatch(
      /FAIL[\s\S]*WORSE {2}“How long do I have to return a tent\?” no longer passes/,
    );
    const { lastRun, cases } = await listTestCases(held, { limit: 10 });
    expect(lastRun).toMatchObject({ model: "keyless", cases: 1, passed: 0 });
    expect(cases[0]?.result).toMatchObject({ passed: false, article: true });
    // Held against the failing run, nothing is worse than it was.
    expect((await run(held)).code).toBe(0);
  });

  it("asks the model with history, question and articles as a customer's turn would", async () => {
    const held = await aHeldConversation();
    await addTestCase(held.who, aCase());
    desk.model.set({ chunks: ["You have ", "60 days [1]."] });
    desk.model.requests.length = 0;
    const { code, text } = await run(held, { model: ports(desk.model).model });
    expect([code, text]).toEqual([0, expect.stringContaining("1 of 1 pass")]);
    expect(desk.model.requests).toHaveLength(1);
  });

  it("holds a run against a file, and writes the file where there is none", async () => {
    const held = await aHeldConversation();
    const { id } = await addTestCase(held.who, aCase());
    const baselinePath = join(mkdtempSync(join(tmpdir(), "baton-eval-")), "baseline.json");
    expect((await run(held, { baselinePath })).code).toBe(0);
    expect(JSON.parse(readFileSync(baselinePath, "utf8"))).toMatchObject([{ caseId: id, passed: true }]);
    await saveTestCase(held, id, { points: ["a golden unicorn"] });
    expect((await run(held, { baselinePath })).code).toBe(1);
    await expect(run(held, { baselinePath: "package.json" })).rejects.toMatchObject({ code: "invalid" });
  });

  it("has nothing to say where there are no cases", async () => {
    const held = await aHeldConversation();
    const { code, text } = await run(held);
    expect([code, text]).toEqual([0, expect.stringContaining("no test cases yet")]);
  });
});

async function run(held: Held, options: Partial<Parameters<typeof runAnswerEval>[1]> = {}) {
  const lines: string[] = [];
  const code = await runAnswerEval(held, { model: undefined, print: (line) => lines.push(line), ...options });
  return { code, text: lines.join("\n") };
}
