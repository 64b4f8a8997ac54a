"use client";

import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { BacktestView, Quality, BacktestReport as Report } from "#contracts/backtests";
import { ChangedList } from "./changed-list.tsx";
import { LoadMap } from "./load-map.tsx";
import { MovedBars } from "./moved-bars.tsx";

/** What a run of the time machine found. */
export function BacktestReport({ run, report }: { run: BacktestView; report: Report }) {
  const { called, brought, turnsMoved } = report;
  return (
    <>
      <Card>
        <CardHeader
          title={`${report.conversations.toLocaleString("en")} conversations, ${report.turns.toLocaleString("en")} turns`}
          description="Before: the rules of then. With the draft: the rules you ran."
        />
        <CardBody>
          {report.turnsWithoutFacts > 0 ? (
            <Callout>
              {report.turnsWithoutFacts.toLocaleString("en")} turns are from before language, topic, hours or
              attributes were kept: rules that ask for them cannot fire there.
            </Callout>
          ) : undefined}
          <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            <Tile name="Went to the queue" before={called.before} after={called.after} />
            <Tile name="Were offered or got a person" before={brought.before} after={brought.after} />
            <Tile name="Only with the draft" after={brought.more} />
            <Tile name="No longer with the draft" after={brought.fewer} />
          </dl>
          <section aria-label="Earlier or later">
            <h3 className="mb-2 font-medium text-ink text-sm">
              Where both bring a person: {turnsMoved.earlier} earlier, {turnsMoved.later} later,{" "}
              {turnsMoved.same} at the same turn
            </h3>
            <MovedBars bars={turnsMoved.histogram} />
          </section>
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="How right it is" description="Held against what really happened." />
        <div className="overflow-x-auto">
          <table className="w-full min-w-[30rem] text-sm">
            <thead>
              <tr className="border-line border-b text-ink-3 text-xs">
                <th scope="col" className="px-5 py-2 text-start font-medium">
                  Against
                </th>
                <th scope="col" className="px-3 py-2 text-end font-medium">
                  Precision before
                </th>
                <th scope="col" className="px-3 py-2 text-end font-medium">
                  with the draft
                </th>
                <th scope="col" className="px-3 py-2 text-end font-medium">
                  Recall before
                </th>
                <th scope="col" className="px-5 py-2 text-end font-medium">
                  with the draft
                </th>
              </tr>
            </thead>
            <tbody>
              {report.quality.map((one) => (
                <QualityRow key={one.id} quality={one} />
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <LoadMap load={report.load} />
      <ChangedList key={run.id} backtestId={run.id} total={report.changed} />
    </>
  );
}

function Tile({ name, before, after }: { name: string; before?: number; after: number }) {
  return (
    <div className="flex flex-col justify-between rounded-lg border border-line bg-sunken/60 px-3 py-2">
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="mt-0.5 font-semibold text-ink text-xl tabular-nums">
        {before === undefined ? undefined : (
          <>
            <span className="font-normal text-base text-ink-3">
              <span className="sr-only">before </span>
              {before.toLocaleString("en")} <span aria-hidden>→ </span>
            </span>
            <span className="sr-only">with the draft </span>
          </>
        )}
        {after.toLocaleString("en")}
      </dd>
    </div>
  );
}

function QualityRow({ quality: { name, definition, before, after } }: { quality: Quality }) {
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className="px-5 py-2 text-start font-normal">
        <Tooltip content={definition}>
          <button
            type="button"
            className="cursor-help text-start text-ink underline decoration-dotted underline-offset-4"
          >
            {name}
          </button>
        </Tooltip>
        <span className="block text-ink-3 text-xs">
          {after.wanted.toLocaleString("en")} such conversations
        </span>
      </th>
      <td className="px-3 py-2 text-end text-ink-2 tabular-nums">{percent(before.precision)}</td>
      <td className="px-3 py-2 text-end font-medium text-ink tabular-nums">{percent(after.precision)}</td>
      <td className="px-3 py-2 text-end text-ink-2 tabular-nums">{percent(before.recall)}</td>
      <td className="px-5 py-2 text-end font-medium text-ink tabular-nums">{percent(after.recall)}</td>
    </tr>
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)}%`;
}
