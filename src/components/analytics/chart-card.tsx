"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Point, ReportNumber } from "#contracts/analytics";
import { NumberTable } from "./number-table.tsx";
import { targetWords, valueWords } from "./words.ts";

// The charts weigh more than the rest of the page: they come when there is something to draw.
const NumberChart = lazy(() =>
  import("./number-chart.tsx").then(({ NumberChart: chart }) => ({ default: chart })),
);

type Props = {
  number: ReportNumber | undefined;
  by: "day" | "week";
  onPick: (point: Point) => void;
};

/** One number of a report over its range, as a chart or as a table. */
export function ChartCard({ number, by, onPick }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card aria-label={number?.name ?? "Chart"} className="flex min-w-0 flex-col">
      <header className="flex items-start justify-between gap-3 px-5 pt-4">
        <div className="min-w-0">
          <h2 className="font-semibold text-base text-ink">
            {number?.name ?? <Skeleton className="h-5 w-40" />}
          </h2>
          {number === undefined ? undefined : (
            <p className="text-ink-3 text-xs">
              {by === "week" ? "By week" : "By day"}
              {number.unit === "duration"
                ? `, median; dotted: ${valueWords(number.total.value, "duration")} over all`
                : ""}
              {number.previousPoints === undefined ? "" : "; dashed: the range before"}
            </p>
          )}
          {number?.targets === undefined ? undefined : (
            <p className="flex items-baseline gap-1.5 text-ink-3 text-xs">
              <span className="w-4 shrink-0 self-center border-amber border-t-2" aria-hidden />
              <span>{targetWords(number.targets, number.unit)}</span>
            </p>
          )}
        </div>
        <IconButton
          label={asTable ? "Show the chart" : "Show a table"}
          aria-pressed={asTable}
          icon={asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          onClick={() => setAsTable(!asTable)}
        />
      </header>
      <div className="min-h-[284px] min-w-0 px-3 pt-3 pb-3">
        {number === undefined ? (
          <Skeleton className="h-[260px] w-full" />
        ) : (
          <Content number={number} asTable={asTable} onPick={onPick} />
        )}
      </div>
    </Card>
  );
}

function Content({
  number,
  asTable,
  onPick,
}: {
  number: ReportNumber;
  asTable: boolean;
  onPick: (point: Point) => void;
}) {
  if (asTable) return <NumberTable number={number} onPick={onPick} />;
  if (number.points.every(({ value, rows }) => rows === 0 || value === undefined)) {
    return (
      <p className="flex h-[260px] items-center justify-center text-balance px-6 text-center text-ink-3 text-sm">
        Nothing of this happened in the range.
      </p>
    );
  }
  return (
    <Suspense fallback={<Skeleton className="h-[260px] w-full" />}>
      <NumberChart number={number} onPick={onPick} />
    </Suspense>
  );
}
