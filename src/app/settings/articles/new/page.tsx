import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ArticleEditor } from "#components/settings/article-editor.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";

export const metadata: Metadata = { title: "New article" };

export default async function NewArticlePage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/articles/new");
  if (!can(who, "articles:write")) redirect("/settings/articles");
  return (
    <>
      <PageHeader
        title="New article"
        description="One question and its answer read best; long ones in sections."
      />
      <ArticleEditor mayEdit />
    </>
  );
}
