import type { ArticleBody, SavedArticle } from "#contracts/knowledge";
import type { Tx } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { slugify } from "./slug.ts";
import { splitArticle } from "./split.ts";
import { type ArticleRow, viewOf } from "./view.ts";

export type ReadyArticle = Required<Omit<ArticleBody, "slug">> & {
  id?: string | undefined;
  slug?: string | undefined;
};

/** Writes one article and its passages, found again by id or else by slug; the same content again changes nothing. */
export async function storeArticle(tx: Tx, companyId: string, wanted: ReadyArticle): Promise<SavedArticle> {
  const slug = wanted.slug ?? (wanted.id === undefined ? slugify(wanted.title) : undefined);
  const before = await find(tx, companyId, wanted.id, slug);
  const fresh = { title: wanted.title, language: wanted.language, body: wanted.body, status: wanted.status };
  if (before === undefined) {
    const article = await insert(tx, companyId, slug ?? slugify(wanted.title), fresh);
    return { article: viewOf(article), change: "created", passages: await split(tx, article) };
  }
  const next = { ...fresh, slug: slug ?? before.slug };
  if (same(before, next))
    return { article: viewOf(before), change: "unchanged", passages: await count(tx, before) };
  const article = await update(tx, before, next);
  return { article: viewOf(article), change: "updated", passages: await split(tx, article) };
}

type Content = { title: string; language: string; body: string; status: string };

async function find(
  tx: Tx,
  companyId: string,
  id: string | undefined,
  slug: string | undefined,
): Promise<ArticleRow | undefined> {
  // Locked, so that two who save at once write one after the other and the passages are those of the last.
  const [row] = await tx.$queryRaw<ArticleRow[]>`
    SELECT id, company_id AS "companyId", slug, title, language, body, status, version,
      created_at AS "createdAt", updated_at AS "updatedAt"
    FROM article WHERE company_id = ${companyId}::uuid
      AND CASE WHEN ${id ?? null}::uuid IS NULL THEN slug = ${slug ?? null} ELSE id = ${id ?? null}::uuid END
    FOR UPDATE`;
  if (row === undefined && id !== undefined) throw new AppError("not_found", "This article does not exist.");
  return row;
}

async function insert(tx: Tx, companyId: string, slug: string, content: Content): Promise<ArticleRow> {
  return translated(() => tx.article.create({ data: { id: newId(), companyId, slug, ...content } }));
}

async function update(tx: Tx, before: ArticleRow, next: Content & { slug: string }): Promise<ArticleRow> {
  const data = { ...next, version: before.version + 1, updatedAt: new Date() };
  return translated(() => tx.article.update({ where: { id: before.id }, data }));
}

async function translated<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "P2002";
    if (taken) throw new AppError("conflict", "Another article has this address (slug) already.", { cause });
    throw cause;
  }
}

async function split(tx: Tx, article: ArticleRow): Promise<number> {
  await tx.passage.deleteMany({ where: { companyId: article.companyId, articleId: article.id } });
  if (article.status !== "published") return 0;
  const passages = splitArticle(article.body);
  // An article that is only a title can still be found.
  if (passages.length === 0) passages.push({ position: 0, section: "", anchor: "", text: article.title });
  await tx.passage.createMany({
    data: passages.map(({ position, section, anchor, text }) => ({
      id: newId(),
      companyId: article.companyId,
      articleId: article.id,
      position,
      title: article.title,
      heading: section,
      anchor,
      text,
      language: article.language,
    })),
  });
  return passages.length;
}

async function count(tx: Tx, article: ArticleRow): Promise<number> {
  return tx.passage.count({ where: { companyId: article.companyId, articleId: article.id } });
}

function same(before: ArticleRow, next: Content & { slug: string }): boolean {
  return (["slug", "title", "language", "body", "status"] as const).every((key) => before[key] === next[key]);
}
