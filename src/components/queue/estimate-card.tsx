"use client";

import Link from "next/link";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useEstimates } from "./board-data.ts";
import { estimateWords } from "./estimate-words.ts";

/** How far the waits that customers were told were off. */
export function EstimateCard() {
  const { data: report, isError } = useEstimates();
  return (
    <Card>
      <CardHeader title="How good estimates were" description="The last 30 days." />
      <CardBody className="gap-2 text-sm">
        {report === undefined && !isError ? <Skeleton className="h-10" /> : undefined}
        {isError ? <p className="text-ink-3">They cannot be read right now.</p> : undefined}
        {report ? estimateWords(report).map((line) => <p key={line}>{line}</p>) : undefined}
        {report && report.recent.length > 0 ? (
          <table className="mt-1 w-full text-xs tabular-nums">
            <caption className="sr-only">The newest estimates</caption>
            <thead className="text-ink-3">
              <tr>
                <th scope="col" className="py-1 text-start font-normal">
                  Told
                </th>
                <th scope="col" className="py-1 text-start font-normal">
                  Waited
                </th>
                <th scope="col" className="py-1 text-end font-normal">
                  Off by
                </th>
              </tr>
            </thead>
            <tbody>
              {report.recent.slice(0, 5).map(({ conversationId, at, toldMinutes, waitedMinutes }) => (
                <tr key={`${conversationId} ${at}`} className="border-line border-t">
                  <td className="py-1">
                    <Link
                      href={`/inbox/${conversationId}?view=all`}
                      aria-label={`${minutes(toldMinutes)}: open the conversation`}
                      className="rounded-sm underline underline-offset-2 hover:text-ink"
                    >
                      {minutes(toldMinutes)}
                    </Link>
                  </td>
                  <td className="py-1">{minutes(waitedMinutes)}</td>
                  <td className="py-1 text-end">{minutes(Math.abs(waitedMinutes - toldMinutes))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : undefined}
      </CardBody>
    </Card>
  );
}

function minutes(count: number): string {
  return `${Math.round(count)} min`;
}
