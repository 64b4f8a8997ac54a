import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { ArticleEditor } from "#components/settings/article-editor.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAppError } from "#lib/errors";
import { can, currentOperator } from "#services/accounts";
import { getArticle } from "#services/knowledge";

export const metadata: Metadata = { title: "Article" };

export default async function ArticlePage({ params }: { params: Promise<{ articleId: string }> }) {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/articles");
  const { articleId } = await params;
  const article = await getArticle(who, articleId).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <>
      <Link
        href="/settings/articles"
        className="mb-3 inline-flex items-center gap-1 text-ink-3 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        Articles
      </Link>
      <PageHeader title={article.title} />
      <ArticleEditor key={article.version} article={article} mayEdit={can(who, "articles:write")} />
    </>
  );
}
