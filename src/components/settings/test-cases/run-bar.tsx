"use client";

import { Square } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Progress } from "#components/ui/progress.tsx";
import type { TestRun } from "./use-test-run.ts";

/** How far the run of the test cases is, with the way to stop it; why it failed, where it did. */
export function RunBar({ run: { run, stop }, mayEdit }: { run: TestRun; mayEdit: boolean }) {
  if (run.state === "idle") return undefined;
  if (run.state === "failed")
    return (
      <div className="border-line border-b p-4">
        <Callout tone="bad">{run.problem}</Callout>
      </div>
    );
  const { results, total, askedBy } = run;
  const passed = results.filter((result) => result.passed).length;
  return (
    <div className="flex items-center gap-4 border-line border-b px-5 py-3">
      <div className="min-w-0 flex-1">
        <Progress label="The run of the test cases" done={results.length} total={total} />
        <p className="mt-1.5 text-ink-3 text-xs tabular-nums">
          {results.length} of {total} asked, {passed} passed · started by <span dir="auto">{askedBy}</span>
        </p>
      </div>
      {mayEdit ? (
        <Button size="sm" onClick={() => void stop()}>
          <Square aria-hidden />
          Stop
        </Button>
      ) : undefined}
    </div>
  );
}
