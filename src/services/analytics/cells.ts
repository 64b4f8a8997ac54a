import { read } from "#lib/db";
import { once } from "#lib/registry";
import type { Day } from "./days.ts";
import { type Cell, emptyCell } from "./measure.ts";
import { type Filters, measuredIn, narrowedTo, type Split, splitBy, Values } from "./narrow.ts";
import type { NumberDefinition, Source } from "./numbers/definition.ts";

/** What numbers counted on one day, by the part they were split into and the number's id. */
export type DayCells = Map<string, Map<string, Cell>>;

export type Counting = {
  companyId: string;
  numbers: NumberDefinition[];
  filters: Filters;
  split?: Split;
};

/** For so many days what was counted is remembered, the longest unused forgotten first. */
const mostRemembered = 20_000;

/**
 * Counts numbers day by day. What was counted before is remembered until a fact of that day changes, so that only days that
 * go on are counted again. Answers one entry a day, in their order.
 */
export async function countDays(counting: Counting, days: Day[]): Promise<DayCells[]> {
  const sources = Map.groupBy(counting.numbers, ({ source }) => source);
  const marks = await marksOf(counting.companyId, days);
  const counted = await Promise.all(
    [...sources].map(([source, numbers]) => countSource({ ...counting, numbers }, { source, days, marks })),
  );
  return days.map((_, at) => merged(counted.map((each) => each[at] ?? new Map())));
}

async function countSource(
  counting: Counting,
  { source, days, marks }: { source: Source; days: Day[]; marks: string[] },
): Promise<DayCells[]> {
  const remembered = once("analytics.cells", () => new Map<string, { mark: string; cells: DayCells }>());
  const { companyId, numbers, filters, split } = counting;
  const what = JSON.stringify([companyId, numbers.map(({ id }) => id), filters, split]);
  const keys = days.map(({ start, end }) => `${what} ${start.toISOString()} ${end.toISOString()}`);
  const known = keys.map((key, at) => {
    const found = remembered.get(key);
    return found?.mark === marks[at] ? found?.cells : undefined;
  });
  const first = known.indexOf(undefined);
  const last = known.lastIndexOf(undefined);
  const fresh = first === -1 ? [] : await query(counting, source, days.slice(first, last + 1));
  return keys.map((key, at) => {
    const cells = known[at] ?? fresh[at - first] ?? new Map();
    remembered.delete(key);
    remembered.set(key, { mark: marks[at] ?? "", cells });
    forgetOldest(remembered);
    return cells;
  });
}

function forgetOldest(remembered: Map<string, unknown>): void {
  if (remembered.size <= mostRemembered) return;
  const oldest = remembered.keys().next().value;
  if (oldest !== undefined) remembered.delete(oldest);
}

/** What changes with each change of a fact of a day; a day on a wall clock may lie in three days of Greenwich. */
async function marksOf(companyId: string, days: Day[]): Promise<string[]> {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const rows = await read<{ day: string; changes: string }>(
    companyId,
    `SELECT day::text AS day, changes::text AS changes FROM analytics_day
     WHERE company_id = $1 AND day BETWEEN $2::date AND $3::date`,
    [companyId, utcDay(first.start), utcDay(last.end)],
  );
  const changes = new Map(rows.map((row) => [row.day, row.changes]));
  return days.map(({ start, end }) => {
    const middle = new Date((start.getTime() + end.getTime()) / 2);
    const within = [start, middle, new Date(end.getTime() - 1)].map(utcDay);
    return within.map((day) => changes.get(day) ?? "0").join(".");
  });
}

function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

async function query(counting: Counting, source: Source, days: Day[]): Promise<DayCells[]> {
  const [counts, spread] = await Promise.all([
    queryCounts(counting, source, days),
    querySpread(counting, source, days),
  ]);
  const answer: DayCells[] = days.map(() => new Map());
  const cellOf = (day: number, key: string, id: string): Cell => {
    const parts = answer[day] ?? new Map<string, Map<string, Cell>>();
    const part = parts.get(key) ?? new Map<string, Cell>();
    const cell = part.get(id) ?? emptyCell();
    parts.set(key, part.set(id, cell));
    return cell;
  };
  for (const { day, key, rows, hits } of counts) {
    counting.numbers.forEach(({ id }, n) => {
      const cell = cellOf(day, key, id);
      cell.rows = rows[n] ?? 0;
      cell.hits = hits[n] ?? 0;
    });
  }
  const measured = counting.numbers.filter(
    (number) => measuredIn(number, counting.filters.clock) !== undefined,
  );
  for (const { day, key, slot, times } of spread) {
    for (const number of measured) {
      const found = times[counting.numbers.indexOf(number)] ?? 0;
      if (found > 0) cellOf(day, key, number.id).values.set(slot, found);
    }
  }
  return answer;
}

type CountRow = { day: number; key: string; rows: number[]; hits: number[] };

function queryCounts(counting: Counting, source: Source, days: Day[]): Promise<CountRow[]> {
  const { companyId, numbers, filters, split } = counting;
  const [values, scope] = scopeOf({ companyId, filters, split, number: numbers[0] }, source, days);
  const rows = numbers.map(({ where }) => `count(*) FILTER (WHERE ${where})`);
  const hits = numbers.map(({ where, hits = "false" }) => `count(*) FILTER (WHERE ${where} AND ${hits})`);
  return read<CountRow>(
    companyId,
    `SELECT ${scope.day} AS day, ${scope.key} AS key, ARRAY[${rows.join(", ")}]::int[] AS rows, ARRAY[${hits.join(", ")}]::int[] AS hits
     FROM ${scope.from} WHERE ${scope.where} GROUP BY 1, 2`,
    values,
  );
}

type SpreadRow = { day: number; key: string; slot: number; times: number[] };

/** How often each value was there. All numbers of a source that have values have them in the same column. */
async function querySpread(counting: Counting, source: Source, days: Day[]): Promise<SpreadRow[]> {
  const { companyId, numbers, filters, split } = counting;
  const [measured] = numbers.flatMap((number) => measuredIn(number, filters.clock) ?? []);
  if (measured === undefined) return [];
  const [values, scope] = scopeOf({ companyId, filters, split, number: numbers[0] }, source, days);
  const times = numbers.map(({ where }) => `count(*) FILTER (WHERE ${where})`);
  return read<SpreadRow>(
    companyId,
    `SELECT ${scope.day} AS day, ${scope.key} AS key, ${measured.slot} AS slot, ARRAY[${times.join(", ")}]::int[] AS times
     FROM ${scope.from} WHERE ${scope.where} AND ${measured.column} IS NOT NULL GROUP BY 1, 2, 3`,
    values,
  );
}

type Scope = { day: string; key: string; from: string; where: string };

function scopeOf(
  {
    companyId,
    filters,
    split,
    number,
  }: Pick<Counting, "companyId" | "filters" | "split"> & { number: NumberDefinition | undefined },
  source: Source,
  days: Day[],
): [unknown[], Scope] {
  const values = new Values();
  const company = values.add(companyId);
  const starts = values.add(
    days.map(({ start }) => start),
    "timestamptz[]",
  );
  const end = values.add(days.at(-1)?.end, "timestamptz");
  const { key, join } = number === undefined ? { key: "''", join: "" } : splitBy(split, number, values);
  return [
    values.all,
    {
      day: `width_bucket(f.at, ${starts}) - 1`,
      key,
      from: `${source.from} AS f ${join}`,
      where: `f.company_id = ${company} AND f.at >= (${starts})[1] AND f.at < ${end} AND ${narrowedTo(filters, values)}`,
    },
  ];
}

function merged(all: DayCells[]): DayCells {
  const [first = new Map<string, Map<string, Cell>>(), ...others] = all;
  if (others.length === 0) return first;
  const sum: DayCells = new Map();
  for (const cells of all) {
    for (const [key, part] of cells) sum.set(key, new Map([...(sum.get(key) ?? []), ...part]));
  }
  return sum;
}
