import type { Breakdown, BreakdownQuery, Heatmap, HeatmapQuery } from "#contracts/analytics";
import { weekdayOf } from "#contracts/wall-clock";
import { calendarOf } from "./calendar.ts";
import { countDays } from "./cells.ts";
import { daysOf, rangeOf } from "./days.ts";
import { labelsOf } from "./labels.ts";
import { type Cell, measureOf, sumOf } from "./measure.ts";
import { numberOf } from "./numbers/registry.ts";
import { filtersOf } from "./report.ts";

const mostParts = 20;

/** A number split into the parts of a dimension, the largest first. Throws `invalid` where it has no such parts. */
export async function breakdown(
  who: { companyId: string },
  query: BreakdownQuery,
  now = new Date(),
): Promise<Breakdown> {
  const { companyId } = who;
  const number = numberOf(query.number);
  const zone = query.zone ?? (await calendarOf(companyId)).zone;
  const days = daysOf(rangeOf(query, zone, now), zone);
  const counted = await countDays(
    { companyId, numbers: [number], filters: filtersOf(query), split: query.by },
    days,
  );
  const parts = new Map<string, Cell[]>();
  for (const cells of counted) {
    for (const [key, part] of cells) {
      const cell = part.get(number.id);
      if (cell !== undefined && cell.rows > 0) parts.set(key, [...(parts.get(key) ?? []), cell]);
    }
  }
  const measured = [...parts].map(([key, cells]) => ({ key, ...measureOf(sumOf(cells), number.unit) }));
  const largest = measured
    .toSorted((a, b) => b.rows - a.rows || a.key.localeCompare(b.key))
    .slice(0, mostParts);
  const labels = await labelsOf(
    companyId,
    query.by,
    largest.map(({ key }) => key),
  );
  return {
    parts: largest.map((part) => ({ ...part, label: labels.get(part.key) ?? part.key })),
    others: measured.length - largest.length,
  };
}

/** How the rows of a number lie over the hours of the week. */
export async function heatmap(
  who: { companyId: string },
  query: HeatmapQuery,
  now = new Date(),
): Promise<Heatmap> {
  const { companyId } = who;
  const zone = query.zone ?? (await calendarOf(companyId)).zone;
  const number = numberOf(query.number);
  const days = daysOf(rangeOf(query, zone, now), zone);
  const counted = await countDays(
    { companyId, numbers: [number], filters: filtersOf(query), split: { hourIn: zone } },
    days,
  );
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  days.forEach(({ date }, at) => {
    const hours = cells[weekdayOf(date)];
    for (const [hour, part] of counted[at] ?? []) {
      const before = hours?.[Number(hour)];
      if (hours === undefined || before === undefined) continue;
      const cell = part.get(number.id);
      hours[Number(hour)] = before + (number.hits === undefined ? (cell?.rows ?? 0) : (cell?.hits ?? 0));
    }
  });
  return { cells, zone };
}
