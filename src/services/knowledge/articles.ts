import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  ArticleBody,
  ArticleListQuery,
  type ArticlePage,
  type ArticleSummary,
  type ArticleView,
  type SavedArticle,
} from "#contracts/knowledge";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { parseArticleFile } from "./article-file.ts";
import { doubtCorpus } from "./corpora.ts";
import { type ReadyArticle, storeArticle } from "./store.ts";
import { type ArticleRow, summaryOf, viewOf } from "./view.ts";

/** Whoever asks, seen from here: a member of one company. */
export type Reader = { companyId: string };

/**
 * Creates an article, or changes the one with this id or slug, and splits it anew into passages.
 * Throws `not_found` for an unknown id and `conflict` for another article's slug.
 */
export async function saveArticle(
  who: Reader,
  article: ArticleBody & { id?: string },
): Promise<SavedArticle> {
  const parsed = ready(article);
  return changing(who, (tx) => storeArticle(tx, who.companyId, parsed));
}

/** Lists articles, the last changed first, a page at a time. */
export async function listArticles(who: Reader, query: ArticleListQuery = {}): Promise<ArticlePage> {
  const { cursor, limit, status } = ArticleListQuery.parse(query);
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await read<Omit<ArticleRow, "body"> & { moment: string }>(
    who.companyId,
    `SELECT id, slug, title, language, status, version, created_at AS "createdAt", updated_at AS "updatedAt",
       updated_at::text AS moment
     FROM article
     WHERE company_id = $1 AND ($2::text IS NULL OR status = $2)
       AND ($3::timestamptz IS NULL OR (updated_at, id) < ($3::timestamptz, $4::uuid))
     ORDER BY updated_at DESC, id DESC LIMIT $5`,
    [who.companyId, status ?? null, after?.moment ?? null, after?.id ?? null, limit + 1],
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const articles = rows.slice(0, limit).map(summaryOf);
  return last === undefined ? { articles } : { articles, next: encodeCursor(last.moment, last.id) };
}

/** Reads one article by its id or its slug. Throws `not_found`. */
export async function getArticle(who: Reader, idOrSlug: string): Promise<ArticleView> {
  // An address may hold what no slug does, and what Postgres would refuse.
  if (idOrSlug.includes("\u0000") || !idOrSlug.isWellFormed()) throw missing();
  const [row] = await read<ArticleRow>(
    who.companyId,
    `SELECT id, company_id AS "companyId", slug, title, language, body, status, version,
       created_at AS "createdAt", updated_at AS "updatedAt"
     FROM article WHERE company_id = $1 AND ${uuid.test(idOrSlug) ? "id = $2::uuid" : "slug = $2"}`,
    [who.companyId, idOrSlug],
  );
  if (row === undefined) throw missing();
  return viewOf(row);
}

/** Removes an article with its passages and answers what was removed. Throws `not_found`. */
export async function deleteArticle(who: Reader, id: string): Promise<ArticleSummary> {
  if (!uuid.test(id)) throw missing();
  return changing(who, async (tx) => {
    const row = await tx.article.findFirst({ where: { companyId: who.companyId, id } });
    if (row === null) throw missing();
    await tx.article.delete({ where: { id } });
    return summaryOf(row);
  });
}

export type ImportedArticles = { created: number; updated: number; unchanged: number; passages: number };

/**
 * Brings every Markdown file of a folder in, recognised again by slug, all or none of them.
 * Throws `invalid` when the folder or one of its files cannot be used.
 */
export async function importArticles(who: Reader, folder: string): Promise<ImportedArticles> {
  const names = await markdownFiles(folder);
  const articles: ReadyArticle[] = [];
  for (const name of names) {
    articles.push(ready(parseArticleFile(name, await readFile(join(folder, name), "utf8"))));
  }
  return changing(who, async (tx) => {
    const result: ImportedArticles = { created: 0, updated: 0, unchanged: 0, passages: 0 };
    for (const article of articles) {
      const saved = await storeArticle(tx, who.companyId, article);
      result[saved.change] += 1;
      result.passages += saved.passages;
    }
    return result;
  });
}

/** Changes articles in one transaction, after which this process's next search looks at them anew. */
async function changing<T>({ companyId }: Reader, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await withCompany(companyId, work);
  } finally {
    doubtCorpus(companyId);
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function ready(article: ArticleBody & { id?: string | undefined }): ReadyArticle {
  if (article.id !== undefined && !uuid.test(article.id)) throw missing();
  const parsed = ArticleBody.safeParse(article);
  if (parsed.success) return { ...parsed.data, id: article.id };
  const [issue] = parsed.error.issues;
  throw new AppError("invalid", `${issue?.path.join(".") ?? "article"}: ${issue?.message ?? "unusable"}`);
}

async function markdownFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError("invalid", `The folder ${folder} cannot be read.`, { cause });
  });
  const names = entries.filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name));
  if (names.length === 0)
    throw new AppError("invalid", `The folder ${folder} holds no Markdown files (*.md).`);
  return names.map((entry) => entry.name).sort();
}

function missing(): AppError {
  return new AppError("not_found", "This article does not exist.");
}

function encodeCursor(moment: string, id: string): string {
  return Buffer.from(`${moment}|${id}`).toString("base64url");
}

// A moment as Postgres writes it.
const written = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::\d\d)?$/;

function decodeCursor(cursor: string): { moment: string; id: string } {
  const [moment = "", id = ""] = Buffer.from(cursor, "base64url").toString().split("|");
  if (
    !uuid.test(id) ||
    !written.test(moment) ||
    Number.isNaN(Date.parse(moment.replace(/([+-]\d\d)$/, "$1:00")))
  ) {
    throw new AppError("invalid", "This page of the list does not exist; begin again without a cursor.");
  }
  return { moment, id };
}
