import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CaseList } from "#components/settings/test-cases/case-list.tsx";
import { SuggestionUse } from "#components/settings/test-cases/suggestion-use.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listTestCases, suggestionUse, testRunProgress } from "#services/copilot";
import { listArticles } from "#services/knowledge";

export const metadata: Metadata = { title: "Answer quality" };

const days = 30;

export default async function TestCasesPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/test-cases");
  const [page, run, report, { articles }] = await Promise.all([
    listTestCases(who, { limit: 30 }),
    testRunProgress(who),
    suggestionUse(who, { days }),
    listArticles(who, { status: "published", limit: 100 }),
  ]);
  const mayEdit = can(who, "articles:write");
  return (
    <>
      <PageHeader
        title="Answer quality"
        description="Cases that the AI must keep answering well, and how far its suggestions help your team."
      />
      <div className="flex flex-col gap-6">
        <CaseList
          page={page}
          run={run}
          articles={articles.map(({ id, title }) => ({ id, title }))}
          mayEdit={mayEdit}
        />
        <SuggestionUse report={report} days={days} />
      </div>
    </>
  );
}
