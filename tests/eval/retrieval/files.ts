import { readdirSync, readFileSync } from "node:fs";
import { articleSearch, type LooseArticle, parseArticleFile } from "#services/knowledge";

export type Question = { text: string; article: string };

/** Reads a file of this folder. */
export function evaluationFile<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

/** The demo company's articles as they lie in the repository. */
export function demoArticles(): LooseArticle[] {
  const folder = new URL("../../../demo/help-centre/", import.meta.url);
  return readdirSync(folder).map((name) => {
    const article = parseArticleFile(name, readFileSync(new URL(name, folder), "utf8"));
    return { id: article.slug, title: article.title, body: article.body };
  });
}

/** The shares of questions whose right article comes first, and among the first three. */
export function hitsOf(
  questions: Question[],
  find: (text: string) => string[],
): { hitAt1: number; hitAt3: number } {
  const found = questions.map(({ text, article }) => find(text).indexOf(article));
  const share = (most: number) => found.filter((at) => at >= 0 && at < most).length / questions.length;
  return { hitAt1: share(1), hitAt3: share(3) };
}

/** Finds articles, best first, with the ranking of the knowledge room. */
export function articleFinder(articles: LooseArticle[]): (text: string) => string[] {
  const search = articleSearch(articles);
  return (query) => [...new Set(search({ query, limit: 50 }).map((hit) => hit.articleId))];
}
