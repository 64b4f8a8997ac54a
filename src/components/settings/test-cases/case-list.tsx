"use client";

import { FlaskConical, Play, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Minute } from "#components/settings/moment.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { TestCasePage, TestRunProgress } from "#contracts/copilot";
import type { ArticleTitle } from "./article-choice.tsx";
import { CaseDialog } from "./case-dialog.tsx";
import { CaseRow } from "./case-row.tsx";
import { RunBar } from "./run-bar.tsx";
import { useTestRun } from "./use-test-run.ts";

type Props = { page: TestCasePage; run: TestRunProgress; articles: ArticleTitle[]; mayEdit: boolean };

/** The test cases with how each went last, newest first. */
export function CaseList({ page, run: first, articles, mayEdit }: Props) {
  const router = useRouter();
  const [later, setLater] = useState<Pick<TestCasePage, "cases" | "next">>();
  const [busy, setBusy] = useState(false);
  const cases = [...page.cases, ...(later?.cases ?? [])];
  const next = later === undefined ? page.next : later.next;

  const run = useTestRun(first, () => {
    refresh();
    toast.success("All test cases were run");
  });
  const running = run.run.state === "running";
  const soFar = run.run.state === "running" ? run.run.results : undefined;

  async function more() {
    setBusy(true);
    const outcome = await callApi<TestCasePage>("GET", `/api/admin/test-cases?cursor=${next ?? ""}`);
    setBusy(false);
    if (outcome.ok)
      setLater({ cases: [...(later?.cases ?? []), ...outcome.data.cases], next: outcome.data.next });
    else toast.error(outcome.message);
  }

  function refresh() {
    setLater(undefined);
    router.refresh();
  }

  return (
    <Card>
      <CardHeader
        title="Test cases"
        description={<LastRun run={page.lastRun} />}
        actions={
          mayEdit ? (
            <div className="flex flex-wrap gap-2">
              <CaseDialog
                trigger={
                  <Button size="sm">
                    <Plus aria-hidden />
                    New test case
                  </Button>
                }
                articles={articles}
                onSaved={refresh}
              />
              <Button
                size="sm"
                variant="primary"
                busy={run.asking}
                disabled={running || cases.length === 0}
                onClick={() => void run.ask()}
              >
                <Play aria-hidden />
                Run all
              </Button>
            </div>
          ) : undefined
        }
      />
      <RunBar run={run} mayEdit={mayEdit} />
      {cases.length === 0 ? (
        <EmptyState icon={<FlaskConical />} title="No test cases yet">
          Press “Correct this answer” below an answer of the AI in the inbox, or write a case here.
        </EmptyState>
      ) : (
        <List>
          {cases.map((each) => (
            <CaseRow
              key={each.id}
              testCase={each}
              soFar={soFar}
              articles={articles}
              mayEdit={mayEdit}
              onChanged={refresh}
            />
          ))}
        </List>
      )}
      {next === undefined ? undefined : (
        <div className="border-line border-t p-3 text-center">
          <Button variant="ghost" busy={busy} onClick={() => void more()}>
            Show more
          </Button>
        </div>
      )}
      <p className="border-line border-t px-5 py-3 text-ink-3 text-xs">
        <code className="rounded-sm bg-sunken px-1 py-0.5">npm run baton -- eval answers</code> runs them in a
        pipeline, and fails when an answer became worse.
      </p>
    </Card>
  );
}

function LastRun({ run }: { run: TestCasePage["lastRun"] }) {
  if (run === undefined) return "Questions that the AI must keep answering well. Not run yet.";
  const by = run.model === "keyless" ? "from the articles alone" : `with ${run.model}`;
  return (
    <>
      {run.passed} of {run.cases} passed in the last run, {by}, on <Minute value={run.ranAt} />.
    </>
  );
}
