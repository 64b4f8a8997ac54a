import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ArticleImport } from "#components/settings/article-import.tsx";
import { ArticleList } from "#components/settings/article-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listArticles } from "#services/knowledge";

export const metadata: Metadata = { title: "Articles" };

export default async function ArticlesPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/articles");
  const mayEdit = can(who, "articles:write");
  return (
    <>
      <PageHeader
        title="Articles"
        description="What the AI agent knows, and quotes as its sources."
        actions={
          mayEdit ? (
            <>
              <ArticleImport />
              <Link
                href="/settings/articles/new"
                className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-on-accent text-sm shadow-xs hover:bg-accent-strong"
              >
                <Plus aria-hidden className="size-4" />
                New article
              </Link>
            </>
          ) : undefined
        }
      />
      <ArticleList page={await listArticles(who, { limit: 50 })} mayEdit={mayEdit} />
    </>
  );
}
