import { stringify } from "csv-stringify/sync";
import type { Measure, Report, ReportNumber } from "#contracts/analytics";

/** A report as a table for spreadsheets: a line a day or week, and for each number its value, and what belongs to it. */
export function reportCsv({ numbers, from, to, zone }: Report): string {
  const head = ["Date", ...numbers.flatMap(columnsOf)];
  const dates = numbers[0]?.points.map((point) => point.from) ?? [];
  const lines = dates.map((date, at) => [
    date,
    ...numbers.flatMap(({ unit, points }) => fieldsOf(unit, points[at])),
  ]);
  const total = [
    `${from} to ${to} (${zone})`,
    ...numbers.flatMap(({ unit, total: sum }) => fieldsOf(unit, sum)),
  ];
  // Names are the company's own words, and a spreadsheet must not run them.
  return stringify([head, ...lines, total], { escape_formulas: true, record_delimiter: "windows" });
}

function columnsOf({ name, unit, rows }: ReportNumber): string[] {
  if (unit === "count") return [name];
  if (unit === "duration") return [`${name} (median, s)`, `${name} (90th percentile, s)`, `${name}: ${rows}`];
  return [unit === "score" ? `${name} (1 to 5)` : name, `${name}: ${rows}`];
}

function fieldsOf(unit: ReportNumber["unit"], measure: Measure | undefined): (number | undefined)[] {
  if (unit === "count") return [measure?.value];
  if (unit === "duration") return [measure?.value, measure?.p90, measure?.rows];
  return [rounded(measure?.value), measure?.rows];
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 10_000) / 10_000;
}
