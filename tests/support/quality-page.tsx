import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { CaseList } from "#components/settings/test-cases/case-list.tsx";
import { SuggestionUse } from "#components/settings/test-cases/suggestion-use.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { TestCasePage, TestRunProgress, UseReport } from "#contracts/copilot";

const operator = {
  id: "op-maya",
  name: "Maya Lindqvist",
  email: "maya@northwind.example",
  role: "owner",
  status: "online",
} as const;

const articles = [
  { id: "0193a000-0000-7000-8000-000000000900", title: "Returns and refunds" },
  { id: "0193a000-0000-7000-8000-000000000901", title: "Warranty" },
];

async function read() {
  const [page, run, report] = await Promise.all([
    fetch("/api/admin/test-cases").then(async (answer) => TestCasePage.parse(await answer.json())),
    fetch("/api/admin/test-cases/run").then(async (answer) => TestRunProgress.parse(await answer.json())),
    fetch("/api/admin/copilot").then(async (answer) => UseReport.parse(await answer.json())),
  ]);
  return { page, run, report };
}

/** What the server would render, read again where the page asks for it. */
function Quality() {
  const [data, setData] = useState<Awaited<ReturnType<typeof read>>>();
  useEffect(() => {
    const load = () => void read().then(setData);
    load();
    addEventListener("refresh", load);
    return () => removeEventListener("refresh", load);
  }, []);
  if (data === undefined) return undefined;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <PageHeader title="Answer quality" />
        <CaseList page={data.page} run={data.run} articles={articles} mayEdit />
        <SuggestionUse report={data.report} days={30} />
      </div>
    </div>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={{ name: "Northwind Outdoor" }}>
      <Quality />
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
