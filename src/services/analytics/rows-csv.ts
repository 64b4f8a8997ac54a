import { stringify } from "csv-stringify/sync";
import type { FactRow, RowsTableQuery, Unit } from "#contracts/analytics";
import { calendarOf } from "./calendar.ts";
import { numberOf } from "./numbers/registry.ts";
import { factRows } from "./rows.ts";

/** A spreadsheet is no place for more; what is left out is said. */
const most = 10_000;

/** The rows that a number rests on as a table for spreadsheets, each with the address of its conversation. */
export async function rowsCsv(
  who: { companyId: string },
  query: RowsTableQuery,
  { baseUrl, now = new Date() }: { baseUrl: string; now?: Date },
): Promise<string> {
  const { unit } = numberOf(query.number);
  const zone = query.zone ?? (await calendarOf(who.companyId)).zone;
  const { rows, next } = await factRows(who, { ...query, zone, limit: most }, now);
  const clock = clockIn(zone);
  const head = [
    `Time (${zone})`,
    "Customer",
    "Channel",
    "Topic",
    "State",
    "Operator",
    ...valueColumns[unit],
    "Last words",
    "Conversation",
  ];
  const lines = rows.map((row) => [
    clock(row.at),
    row.customer,
    row.channel,
    row.topic,
    row.state,
    row.operator,
    ...valuesOf(row, unit),
    row.snippet,
    `${baseUrl}/inbox/${row.conversationId}`,
  ]);
  const rest = next === undefined ? [] : [[`These are the first ${most} rows: narrow the range for others.`]];
  // The words are customers', and a spreadsheet must not run them.
  return stringify([head, ...lines, ...rest], { escape_formulas: true, record_delimiter: "windows" });
}

const valueColumns: Record<Unit, string[]> = {
  count: [],
  share: ["Counts"],
  duration: ["Seconds"],
  score: ["Stars", "Remark"],
};

function valuesOf({ value, counts, comment }: FactRow, unit: Unit): (string | number | undefined)[] {
  switch (unit) {
    case "count":
      return [];
    case "share":
      return [counts ? "yes" : "no"];
    case "duration":
      return [value];
    case "score":
      return [value, comment];
  }
}

/** Writes moments as a spreadsheet sorts and reads them: 2026-03-02 10:30:05. */
function clockIn(timeZone: string): (moment: string) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (moment) => format.format(new Date(moment));
}
