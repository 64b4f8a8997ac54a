import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, read } from "#lib/db";
import { newId } from "#lib/ids";
import {
  deleteArticle,
  getArticle,
  importArticles,
  listArticles,
  retrieve,
  runRetrievalEval,
  saveArticle,
} from "#services/knowledge";
import { aCompany } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let fresh: FreshDatabase;
let folder: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  openDatabase(fresh.url);
  folder = await mkdtemp(join(tmpdir(), "articles-"));
});
afterAll(async () => {
  await closeDatabase();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

const returns = { title: "Returns", body: "Thirty days.\n\n## From abroad\n\nYou pay the postage." };

async function passageCount(companyId: string): Promise<number> {
  const [row] = await read<{ count: number }>(companyId, "SELECT count(*)::int AS count FROM passage");
  return row?.count ?? 0;
}

describe("articles", () => {
  it("saves an article with its passages, and the same again changes nothing", async () => {
    const who = await aCompany();
    const first = await saveArticle(who, returns);
    const second = await saveArticle(who, { ...returns, slug: "returns" });
    expect(first).toMatchObject({ change: "created", passages: 2, article: { slug: "returns", version: 1 } });
    expect(second).toMatchObject({
      change: "unchanged",
      passages: 2,
      article: { id: first.article.id, version: 1 },
    });
  });

  it("splits anew when the text changes, and hides a draft", async () => {
    const who = await aCompany();
    const { article } = await saveArticle(who, returns);
    const changed = await saveArticle(who, { ...returns, id: article.id, body: "Sixty days." });
    expect(changed).toMatchObject({
      change: "updated",
      passages: 1,
      article: { version: 2, slug: "returns" },
    });
    expect((await retrieve(who, { query: "days" }))[0]?.text).toBe("Sixty days.");
    await saveArticle(who, { ...returns, id: article.id, status: "draft" });
    expect(await retrieve(who, { query: "days" })).toEqual([]);
    expect(await passageCount(who.companyId)).toBe(0);
  });

  it("removes an article with its passages", async () => {
    const who = await aCompany();
    const { article } = await saveArticle(who, returns);
    expect(await deleteArticle(who, article.id)).toMatchObject({ id: article.id, title: "Returns" });
    expect(await passageCount(who.companyId)).toBe(0);
    expect(await retrieve(who, { query: "returns" })).toEqual([]);
    await expect(getArticle(who, article.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("hides another company's articles from every command", async () => {
    const who = await aCompany();
    const stranger = await aCompany();
    const { article } = await saveArticle(who, returns);
    await expect(getArticle(stranger, article.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(getArticle(stranger, "returns")).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteArticle(stranger, article.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(saveArticle(stranger, { ...returns, id: article.id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await listArticles(stranger)).toEqual({ articles: [] });
    expect(await retrieve(stranger, { query: "returns" })).toEqual([]);
    expect(await retrieve(who, { query: "returns" })).not.toEqual([]);
  });

  it("refuses an address that another article has", async () => {
    const who = await aCompany();
    await saveArticle(who, returns);
    const { article } = await saveArticle(who, { title: "Refunds", body: "Soon." });
    await expect(
      saveArticle(who, { title: "Refunds", body: "Soon.", id: article.id, slug: "returns" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps one set of passages when many save the same article at once", async () => {
    const who = await aCompany();
    await saveArticle(who, returns);
    const saves = Array.from({ length: 8 }, (_, index) =>
      saveArticle(who, { ...returns, slug: "returns", body: `Version ${index}.` }),
    );
    await Promise.all(saves);
    expect(await passageCount(who.companyId)).toBe(1);
    const stored = await getArticle(who, "returns");
    expect((await retrieve(who, { query: "version" }))[0]?.text).toBe(stored.body);
    expect(stored.version).toBe(9);
  });

  it("lists page by page without a gap or a double", async () => {
    const who = await aCompany();
    for (let index = 0; index < 7; index += 1)
      await saveArticle(who, { title: `Article ${index}`, body: "x" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listArticles(who, { limit: 3, cursor });
      seen.push(...page.articles.map((article) => article.title));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Article ${index}`));
    await expect(listArticles(who, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
  });

  it("refuses what makes no article", async () => {
    const who = await aCompany();
    await expect(saveArticle(who, { title: " ", body: "x" })).rejects.toMatchObject({ code: "invalid" });
    await expect(saveArticle(who, { title: "a", body: "x\0" })).rejects.toMatchObject({ code: "invalid" });
    await expect(saveArticle(who, { ...returns, id: newId() })).rejects.toMatchObject({ code: "not_found" });
    await expect(getArticle(who, "' OR 1=1")).rejects.toMatchObject({ code: "not_found" });
  });

  it("imports a folder, and importing it again changes nothing", async () => {
    const who = await aCompany();
    const demo = new URL("../../../demo/help-centre/", import.meta.url).pathname;
    const first = await importArticles(who, decodeURIComponent(demo));
    expect(first).toMatchObject({ created: 15, updated: 0, unchanged: 0 });
    expect(await importArticles(who, decodeURIComponent(demo))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 15,
    });
    expect(await passageCount(who.companyId)).toBe(first.passages);
    await expect(importArticles(who, join(folder, "nowhere"))).rejects.toMatchObject({ code: "invalid" });
  });

  it("finds articles in the language they are written in", async () => {
    const who = await aCompany();
    await saveArticle(who, {
      title: "Rücksendung",
      body: "Bücher können zurückgegeben werden.",
      language: "de",
    });
    const [row] = await read<{ search: string }>(who.companyId, "SELECT search::text FROM passage");
    expect(row?.search).toContain("'buch':");
    expect((await retrieve(who, { query: "ein Buch zurückgeben" }))[0]?.articleTitle).toBe("Rücksendung");
  });
});

describe("a company with more passages than are kept in memory", () => {
  it("finds through Postgres full text what a small company finds in memory", async () => {
    const who = await aCompany();
    const body = Array.from(
      { length: 90 },
      (_, part) => `## Part ${part}\n\nAbout topic ${part} and nothing else.`,
    ).join("\n\n");
    for (let index = 0; index < 57; index += 1) await saveArticle(who, { title: `Filler ${index}`, body });
    await saveArticle(who, { title: "Refunds", body: "We refund within five working days." });
    const hits = await retrieve(who, { query: "when do I get my money back" });
    expect(hits[0]).toMatchObject({ articleTitle: "Refunds" });
    expect((await retrieve(who, { query: "refnud" }))[0]?.articleTitle).toBe("Refunds");
  }, 60_000);
});

describe("the retrieval evaluation", () => {
  async function file(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  it("prints hit@1 and hit@3 and leaves nothing behind", async () => {
    const articlesPath = await file("a.json", [
      { id: "r", title: "Refunds", body: "We refund in five days." },
      { id: "s", title: "Shipping", body: "Two days." },
    ]);
    const questionsPath = await file("q.json", [
      { text: "money back", article: "r" },
      { text: "when is my parcel here", article: "s" },
      { text: "refund", article: "s" },
    ]);
    const lines: string[] = [];
    const result = await runRetrievalEval({ articlesPath, questionsPath, print: (line) => lines.push(line) });
    expect(result).toMatchObject({ articles: 2, questions: 3, hitAt1: 2 / 3 });
    expect(lines.join("\n")).toMatch(/hit@1\s+66\.7 %[\s\S]*hit@3/);
  });

  it("says plainly what is wrong with a file", async () => {
    const articlesPath = await file("good.json", [{ id: "r", title: "Refunds", body: "Soon." }]);
    const cases = [
      [await file("bad.json", "[{"), /bad\.json is not JSON/],
      [await file("shape.json", [{ question: "x" }]), /shape\.json should be a JSON list/],
      [await file("stray.json", [{ text: "x", article: "z" }]), /asks for the article "z"/],
      [join(folder, "none.json"), /none\.json cannot be read/],
    ] as const;
    for (const [questionsPath, message] of cases) {
      await expect(runRetrievalEval({ articlesPath, questionsPath })).rejects.toThrow(message);
    }
  });
});
