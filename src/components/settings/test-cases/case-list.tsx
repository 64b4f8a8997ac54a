"use client";

import { CircleCheck, CircleX, FlaskConical, Pencil, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Minute } from "#components/settings/moment.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { TestCasePage, TestCaseView } from "#contracts/copilot";
import type { ArticleTitle } from "./article-choice.tsx";
import { CaseDialog } from "./case-dialog.tsx";

type Props = { page: TestCasePage; articles: ArticleTitle[]; mayEdit: boolean };

/** The test cases with how each went last, newest first. */
export function CaseList({ page, articles, mayEdit }: Props) {
  const router = useRouter();
  const [later, setLater] = useState<Pick<TestCasePage, "cases" | "next">>();
  const [busy, setBusy] = useState(false);
  const cases = [...page.cases, ...(later?.cases ?? [])];
  const next = later === undefined ? page.next : later.next;

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
          ) : undefined
        }
      />
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
        <code className="rounded-sm bg-sunken px-1 py-0.5">npm run baton -- eval answers</code> asks them all
        anew and fails when an answer became worse.
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

type RowProps = { testCase: TestCaseView; articles: ArticleTitle[]; mayEdit: boolean; onChanged: () => void };

function CaseRow({ testCase, articles, mayEdit, onChanged }: RowProps) {
  const { id, question, answer, article, from, result } = testCase;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-5 py-3">
      <div className="min-w-0 flex-1 basis-full sm:basis-0">
        <p dir="auto" className="line-clamp-2 font-medium text-sm">
          {question}
        </p>
        <p dir="auto" className="mt-0.5 line-clamp-2 text-ink-2 text-sm">
          {answer}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-ink-3 text-xs">
          <span>by {testCase.createdBy}</span>
          {article ? <span>from “{article.title}”</span> : undefined}
          {from ? (
            <Link href={`/inbox/${from.conversationId}`} className="text-accent-ink hover:underline">
              Corrected answer
            </Link>
          ) : undefined}
        </p>
        {result && !result.passed ? (
          <div className="mt-1.5 rounded-md bg-sunken px-2 py-1.5">
            <p dir="auto" className="line-clamp-3 text-ink-2 text-xs">
              <span className="font-medium">Last answer: </span>
              {result.answer === "" ? "none" : result.answer}
            </p>
          </div>
        ) : undefined}
      </div>
      <Result result={result} />
      {mayEdit ? (
        <div className="-my-1 ms-auto flex shrink-0 items-center">
          <CaseDialog
            trigger={<IconButton label="Change this test case" icon={<Pencil aria-hidden />} />}
            testCase={testCase}
            articles={articles}
            onSaved={onChanged}
          />
          <ConfirmButton
            trigger={<IconButton label="Delete this test case" icon={<Trash2 aria-hidden />} />}
            title="Delete this test case?"
            action="Delete"
            run={() => callApi("DELETE", `/api/admin/test-cases/${id}`)}
            onDone={onChanged}
          >
            “{question.slice(0, 200)}” will no longer be asked.
          </ConfirmButton>
        </div>
      ) : undefined}
    </li>
  );
}

function Result({ result }: Pick<TestCaseView, "result">) {
  if (result === undefined) return <Badge>Not run</Badge>;
  const { passed, overlap, article } = result;
  return (
    <Badge tone={passed ? "green" : "red"} title={article === false ? "From another article" : undefined}>
      {passed ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
      {passed ? "Passes" : "Fails"} · {Math.round(overlap * 100)} %
    </Badge>
  );
}
