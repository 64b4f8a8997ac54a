"use client";

import { ChartColumn, Download } from "lucide-react";
import { useRef } from "react";
import { buttonVariants } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tab, TabList, Tabs } from "#components/ui/tabs.tsx";
import { useInSight } from "#components/ui/use-in-sight.ts";
import type { Report } from "#contracts/analytics";
import { addressOf, useReport } from "./data.ts";
import { FilterBar } from "./filter-bar.tsx";
import { useOpened } from "./opened.ts";
import { type Place, useReportPlace } from "./place.ts";
import { RangePicker } from "./range-picker.tsx";
import { ReportBody } from "./report-body.tsx";
import { reportNames, reports } from "./reports.ts";
import { RowsDrawer } from "./rows-drawer.tsx";
import { WallStrip } from "./wall-strip.tsx";
import { rangeWords } from "./words.ts";

/** The page of reports: how things stand now, and the numbers of a range in one frame for all of them. */
export function AnalyticsPage() {
  const { place, go } = useReportPlace();
  const shape = reports[place.report];
  const { data, error, isPlaceholderData, refetch } = useReport(place, shape.numbers);
  const tabs = useRef<HTMLDivElement>(null);
  useInSight(tabs, "[aria-selected=true]", place.report);
  const wanted: readonly string[] = shape.numbers;
  // While another report is on its way the numbers of the one before are none of it.
  const report = data?.numbers.every(({ id }) => wanted.includes(id)) ? data : undefined;
  const [picked, setPicked] = useOpened(place, report);
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-6 sm:px-8 sm:py-8">
      <PageHeader
        title="Analytics"
        description="How customers are helped, by the assistant and by people. Every number says what it means, and opens the conversations behind it."
      />
      <WallStrip />
      <div className="mt-6 flex flex-wrap items-center gap-2">
        <RangePicker range={place} onChange={go} />
        <Select
          aria-label="Group by"
          className="w-auto"
          items={[
            { value: "day", label: "By day" },
            { value: "week", label: "By week" },
          ]}
          value={place.by}
          onValueChange={(by) => go({ by })}
        />
        <Select
          aria-label="Compare"
          className="w-auto"
          items={[
            { value: "none", label: "No comparison" },
            { value: "previous", label: "With the range before" },
          ]}
          value={place.compare}
          onValueChange={(compare) => go({ compare })}
        />
        <span className="flex-1" />
        <a
          className={buttonVariants()}
          download
          href={addressOf("export", place, { by: place.by, numbers: shape.numbers.join(",") })}
        >
          <Download aria-hidden />
          CSV
        </a>
      </div>
      <div className="mt-2">
        <FilterBar
          filters={place.filters}
          hasHours={data?.hasHours ?? false}
          onChange={(filters) => go({ filters })}
        />
      </div>
      <Tabs
        value={place.report}
        onValueChange={(name) => {
          const report = reportNames.find((each) => each === name);
          if (report !== undefined) go({ report });
        }}
        className="mt-4"
      >
        <div ref={tabs} className="overflow-x-auto">
          <TabList className="min-w-max" aria-label="Reports">
            {reportNames.map((name) => (
              <Tab key={name} value={name} className="whitespace-nowrap">
                {reports[name].label}
              </Tab>
            ))}
          </TabList>
        </div>
      </Tabs>
      <p className="mt-3 text-ink-3 text-xs" role="status">
        {captionOf(place, data)}
      </p>
      {data?.filling ? (
        <Callout className="mt-3">
          Older conversations are still being counted. Numbers of the past grow until that is done.
        </Callout>
      ) : undefined}
      {error !== null && data === undefined ? (
        <Card className="mt-4">
          <EmptyState
            icon={<ChartColumn />}
            title="The numbers could not be read"
            action={
              <button type="button" className={buttonVariants()} onClick={() => void refetch()}>
                Try again
              </button>
            }
          >
            {error.message}
          </EmptyState>
        </Card>
      ) : (
        <ReportBody
          key={place.report}
          place={place}
          shape={shape}
          report={report}
          stale={isPlaceholderData}
          onOpen={setPicked}
        />
      )}
      <RowsDrawer
        place={place}
        zone={data?.zone}
        picked={picked}
        number={data?.numbers.find(({ id }) => id === picked?.number)}
        onClose={() => setPicked("closed")}
      />
    </div>
  );
}

function captionOf(place: Place, report: Report | undefined): string {
  if (report === undefined) return `${rangeWords(place)}`;
  const until = new Date(report.asOf).toLocaleTimeString("en-GB", {
    timeStyle: "short",
    timeZone: report.zone,
  });
  const before = report.previous === undefined ? "" : `, beside ${rangeWords(report.previous)}`;
  const hours = report.hasHours ? "" : " No hours are set as the company's, so every hour counts.";
  return `${rangeWords(report)}${before}. Days are those of ${report.zone}; counted until ${until}.${hours}`;
}
