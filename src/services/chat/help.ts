import type { ArticleSummary, ArticleView } from "#contracts/knowledge";
import { Id } from "#contracts/primitives";
import { AppError } from "#lib/errors";
import { getCompany } from "#services/accounts";
import { getArticle, listArticles, splitArticle } from "#services/knowledge";

export type HelpSection = { heading: string; anchor: string; text: string };
export type HelpPage = {
  company: string;
  article: ArticleView;
  sections: HelpSection[];
  others: ArticleSummary[];
};

/** A published article as customers read it, in the sections that sources point to. Throws `not_found`. */
export async function helpPage(companyId: string, slug: string): Promise<HelpPage> {
  const who = readerOf(companyId);
  const [company, article, list] = await Promise.all([
    getCompany(who),
    getArticle(who, slug),
    listArticles(who, { status: "published", limit: 50 }),
  ]);
  if (article.status !== "published") throw new AppError("not_found", "This article does not exist.");
  return {
    company: company.name,
    article,
    sections: sectionsOf(article),
    others: list.articles.filter(({ id }) => id !== article.id),
  };
}

/** A company's published articles. Throws `not_found` for an unknown company. */
export async function helpIndex(companyId: string): Promise<{ company: string; articles: ArticleSummary[] }> {
  const who = readerOf(companyId);
  const [company, { articles }] = await Promise.all([
    getCompany(who),
    listArticles(who, { status: "published", limit: 100 }),
  ]);
  return { company: company.name, articles };
}

function readerOf(companyId: string) {
  const id = Id.safeParse(companyId);
  if (!id.success) throw new AppError("not_found", "This company does not exist.");
  return { kind: "system" as const, companyId: id.data };
}

// Long sections are split into several passages; a reader wants them in one piece again.
function sectionsOf(article: ArticleView): HelpSection[] {
  const sections: HelpSection[] = [];
  for (const { section: heading, anchor, text } of splitArticle(article.body)) {
    const last = sections.at(-1);
    if (last?.anchor === anchor && last.heading === heading) last.text += `\n\n${text}`;
    else sections.push({ heading, anchor, text });
  }
  return sections;
}
