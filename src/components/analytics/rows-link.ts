import type { Dimension, NumberId } from "#contracts/analytics";
import type { ReportName } from "./reports.ts";

/** Which rows a link opens: a number of a report, one of its parts, narrowed to a topic. */
type Rows = { number: NumberId; split?: Dimension; part?: string; topic?: string };

/** The address of a report of the last 30 days that opens with the rows behind one of its numbers. */
export function rowsHref(report: ReportName, { number, split, part, topic }: Rows): string {
  const parts = Object.entries({ report, rows: number, split, part, topic });
  const query = new URLSearchParams(
    parts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return `/analytics?${query}`;
}
