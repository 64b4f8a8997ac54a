import type { Measure, Unit } from "#contracts/analytics";

/** What a number counted over some rows; two of them add up to that over both. */
export type Cell = {
  rows: number;
  hits: number;
  /** How often each value was there: seconds by their slots, or stars. */
  values: Map<number, number>;
};

/** A cell of nothing. */
export function emptyCell(): Cell {
  return { rows: 0, hits: 0, values: new Map() };
}

/** The sum of cells. */
export function sumOf(cells: Iterable<Cell | undefined>): Cell {
  const sum = emptyCell();
  for (const cell of cells) {
    if (cell === undefined) continue;
    sum.rows += cell.rows;
    sum.hits += cell.hits;
    for (const [value, times] of cell.values) sum.values.set(value, (sum.values.get(value) ?? 0) + times);
  }
  return sum;
}

/** What a cell says, in the unit of its number. */
export function measureOf({ rows, hits, values }: Cell, unit: Unit): Measure {
  switch (unit) {
    case "count":
      return { value: rows, rows };
    case "share":
      return { value: rows === 0 ? undefined : hits / rows, rows };
    case "score":
      return { value: averageOf(values), rows };
    case "duration": {
      const inOrder = [...values].sort(([a], [b]) => a - b);
      const count = inOrder.reduce((sum, [, times]) => sum + times, 0);
      return { value: medianOf(inOrder, count), p90: rankOf(inOrder, Math.ceil(count * 0.9)), rows };
    }
  }
}

function averageOf(values: Map<number, number>): number | undefined {
  let sum = 0;
  let count = 0;
  for (const [value, times] of values) {
    sum += value * times;
    count += times;
  }
  return count === 0 ? undefined : sum / count;
}

/** The middle value; of an even number, what lies between the two middle ones. */
function medianOf(inOrder: [number, number][], count: number): number | undefined {
  const low = rankOf(inOrder, Math.ceil(count / 2));
  const high = rankOf(inOrder, Math.floor(count / 2) + 1);
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The value at a place in the order; 1 is the smallest. */
function rankOf(inOrder: [number, number][], rank: number): number | undefined {
  let before = 0;
  for (const [value, times] of inOrder) {
    before += times;
    if (before >= rank && rank > 0) return value;
  }
  return undefined;
}
