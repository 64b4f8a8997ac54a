"use client";

import { CircleCheck, CircleX, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { TestCaseView, TestRunProgress } from "#contracts/copilot";
import type { ArticleTitle } from "./article-choice.tsx";
import { CaseDialog } from "./case-dialog.tsx";

type SoFar = Extract<TestRunProgress, { state: "running" }>["results"];

type Props = {
  testCase: TestCaseView;
  /** What the run under way has found by now; absent where there is none. */
  soFar: SoFar | undefined;
  articles: ArticleTitle[];
  mayEdit: boolean;
  onChanged: () => void;
};

/** One test case: what is asked, what should be said, and how it goes. */
export function CaseRow({ testCase, soFar, articles, mayEdit, onChanged }: Props) {
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
        {result?.worse ? (
          <p className="mt-1.5 text-red-ink text-xs">Worse than in the run before: {result.worse}.</p>
        ) : undefined}
        {result && !result.passed ? (
          <div className="mt-1.5 rounded-md bg-sunken px-2 py-1.5">
            <p dir="auto" className="line-clamp-3 text-ink-2 text-xs">
              <span className="font-medium">Last answer: </span>
              {result.answer === "" ? "none" : result.answer}
            </p>
          </div>
        ) : undefined}
      </div>
      {soFar ? <ResultSoFar found={soFar.find(({ caseId }) => caseId === id)} /> : <Result result={result} />}
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

function ResultSoFar({ found }: { found: SoFar[number] | undefined }) {
  return found ? <Result result={found} /> : <Skeleton className="h-5 w-20 rounded-full" />;
}

type Shown = Pick<NonNullable<TestCaseView["result"]>, "passed" | "overlap" | "article">;

function Result({ result }: { result: Shown | undefined }) {
  if (result === undefined) return <Badge>Not run</Badge>;
  const { passed, overlap, article } = result;
  return (
    <Badge tone={passed ? "green" : "red"} title={article === false ? "From another article" : undefined}>
      {passed ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
      {passed ? "Passes" : "Fails"} · {Math.round(overlap * 100)}%
    </Badge>
  );
}
