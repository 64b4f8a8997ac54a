import { NumberId, type Point, type Report, type ReportNumber, type ReportQuery } from "#contracts/analytics";
import { calendarOf } from "./calendar.ts";
import { countDays, type DayCells } from "./cells.ts";
import { type Day, daysOf, rangeBefore, rangeOf, weekOf } from "./days.ts";
import { followCompany, standingOf } from "./follow.ts";
import { type Cell, measureOf, sumOf } from "./measure.ts";
import type { NumberDefinition } from "./numbers/definition.ts";
import { definitionOf, numberOf } from "./numbers/registry.ts";
import { targetsFor } from "./targets.ts";

/** Who asks waits at most so long for facts that are not made yet; those of long ago are made by the worker. */
const patience = 600;

/** Numbers of a range, each in total and day by day or week by week, and where it is asked for beside the range before. */
export async function report(
  who: { companyId: string },
  query: ReportQuery,
  now = new Date(),
): Promise<Report> {
  const { companyId } = who;
  await followCompany(companyId, { now, patience });
  const [calendar, standing] = await Promise.all([calendarOf(companyId), standingOf(companyId)]);
  const zone = query.zone ?? calendar.zone;
  const range = rangeOf(query, zone, now);
  const previous = query.compare === "previous" ? rangeBefore(range) : undefined;
  const numbers = (query.numbers ?? NumberId.options).map(numberOf);
  const days = daysOf({ from: previous?.from ?? range.from, to: range.to }, zone);
  const filters = filtersOf(query);
  const [counted, targetsOf] = await Promise.all([
    countDays({ companyId, numbers, filters }, days),
    targetsFor(companyId, filters),
  ]);
  const begin = days.findIndex(({ date }) => date === range.from);
  const inRange = counted.slice(begin);
  const before = counted.slice(0, begin);
  return {
    ...range,
    previous,
    zone,
    hasHours: calendar.hasHours,
    asOf: (standing?.readAt ?? now).toISOString(),
    filling: standing?.filling ?? true,
    numbers: numbers.map((number): ReportNumber => {
      const told = {
        ...definitionOf(number),
        total: measureOf(sumOf(cellsOf(inRange, number)), number.unit),
        targets: targetsOf(number),
        points: pointsOf(number, days.slice(begin), { counted: inRange, by: query.by }),
      };
      if (previous === undefined) return told;
      return {
        ...told,
        previous: measureOf(sumOf(cellsOf(before, number)), number.unit),
        previousPoints: pointsOf(number, days.slice(0, begin), { counted: before, by: query.by }),
      };
    }),
  };
}

/** What a query narrows numbers to, apart from its range. */
export function filtersOf(query: Omit<ReportQuery, "by" | "compare" | "numbers">) {
  const { channel, agentId, teamId, operatorId, topic, tag, hours, clock } = query;
  return { channel, agentId, teamId, operatorId, topic, tag, hours, clock };
}

function cellsOf(counted: DayCells[], { id }: NumberDefinition): (Cell | undefined)[] {
  return counted.map((cells) => cells.get("")?.get(id));
}

function pointsOf(
  number: NumberDefinition,
  days: Day[],
  { counted, by }: { counted: DayCells[]; by: ReportQuery["by"] },
): Point[] {
  const cells = cellsOf(counted, number).map((cell, at) => ({ cell, date: days[at]?.date ?? "" }));
  const spans = Map.groupBy(cells, ({ date }) => (by === "week" ? weekOf(date) : date));
  return [...spans.values()].map((span) => ({
    from: span[0]?.date ?? "",
    ...measureOf(sumOf(span.map(({ cell }) => cell)), number.unit),
  }));
}
