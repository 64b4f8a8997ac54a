import type { ArticleSummary, ArticleView } from "#contracts/knowledge";
import { ArticleStatus } from "#contracts/knowledge";

export type ArticleRow = {
  id: string;
  companyId: string;
  slug: string;
  title: string;
  language: string;
  body: string;
  status: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** An article as it leaves the house. */
export function viewOf(row: ArticleRow): ArticleView {
  return { ...summaryOf(row), body: row.body };
}

/** An article as a line of a list. */
export function summaryOf(row: Omit<ArticleRow, "body">): ArticleSummary {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    language: row.language,
    status: ArticleStatus.parse(row.status),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
