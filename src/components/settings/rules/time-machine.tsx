"use client";

import { History, Play, X } from "lucide-react";
import { useEffect, useState } from "react";
import { NumberField } from "#components/settings/number-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { type BacktestView, MOST_CONVERSATIONS } from "#contracts/backtests";
import { BacktestReport } from "./backtest-report.tsx";
import { useBacktest } from "./use-backtest.ts";
import type { Draft } from "./use-draft.ts";

type Props = { draft: Draft; newest: string | undefined; mayEdit: boolean };

/** Runs the draft over past conversations: what would have been different, without asking any model. */
export function TimeMachine({ draft, newest, mayEdit }: Props) {
  const [conversations, setConversations] = useState(1_000);
  const { run, over, asking, ask, cancel } = useBacktest(newest);
  const running = run !== undefined && !over;
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <CardHeader
          title="Time machine"
          description="The draft, run over past conversations from what was measured then."
        />
        <CardBody>
          <div className="flex flex-wrap items-end gap-3">
            <NumberField
              label="Newest conversations"
              {...{ disabled: !mayEdit || running, min: 1, max: MOST_CONVERSATIONS, step: 100 }}
              value={conversations}
              onChange={setConversations}
            />
            <Button
              variant="primary"
              busy={asking}
              disabled={!mayEdit || running}
              onClick={() => void ask(draft.rules, conversations)}
            >
              <Play aria-hidden />
              Run the draft
            </Button>
          </div>
          {running ? <Progress run={run} onCancel={() => void cancel()} /> : undefined}
          {run?.state === "failed" ? (
            <Callout tone="bad">{run.problem ?? "The run failed."}</Callout>
          ) : undefined}
          {run?.state === "cancelled" ? <Callout>The last run was cancelled.</Callout> : undefined}
        </CardBody>
      </Card>
      {run?.report ? <BacktestReport run={run} report={run.report} /> : undefined}
      {run === undefined && newest === undefined ? (
        <EmptyState icon={<History aria-hidden />} title="Nothing was run yet">
          See which conversations would have gone to a person, earlier or later, before you publish.
        </EmptyState>
      ) : undefined}
    </div>
  );
}

function Progress({ run, onCancel }: { run: BacktestView; onCancel: () => void }) {
  const total = run.total ?? run.asked;
  const share = total === 0 ? 0 : Math.min(1, run.done / total);
  const elapsed = useElapsed(run.startedAt ?? run.createdAt);
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <div
          role="progressbar"
          aria-label="The run of the draft"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={run.done}
          className="h-2 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-300"
            style={{ width: `${share * 100}%` }}
          />
        </div>
        <p className="mt-1 text-ink-3 text-xs tabular-nums">
          {run.state === "queued"
            ? "Waiting for its turn"
            : `${run.done.toLocaleString("en")} of ${total.toLocaleString("en")} conversations`}
          {` · ${elapsed} s`}
        </p>
      </div>
      <Button size="sm" onClick={onCancel}>
        <X aria-hidden />
        Cancel
      </Button>
    </div>
  );
}

function useElapsed(since: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((now - Date.parse(since)) / 1000));
}
