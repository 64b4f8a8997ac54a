import type { ConversationPage, ConversationRow, View } from "#contracts/operator";

export type Counts = ConversationPage["counts"];

/** The pages of one view as they were fetched, mended since by what happened. */
export type RowList = { pages: ConversationPage[]; pageParams: unknown[] };

export const views: View[] = ["needs_response", "mine", "all", "ai", "resolved"];

/** Says whether a conversation stands in a view of this operator. */
export function belongs(view: View, row: ConversationRow, me: string): boolean {
  const { state, operator } = row.state;
  switch (view) {
    case "needs_response":
      return state === "WAITING_HUMAN" || (state === "WITH_HUMAN" && row.lastAuthor === "customer");
    case "mine":
      return state === "WITH_HUMAN" && operator?.id === me;
    case "all":
      return true;
    case "ai":
      return state === "ACTIVE";
    case "resolved":
      return state === "RESOLVED" || state === "ABANDONED";
  }
}

/** The order of a view, the same as the server's: who waits for a person first, then by time. */
export function compareRows(view: View, a: ConversationRow, b: ConversationRow): number {
  const waiting = Number(isWaiting(b)) - Number(isWaiting(a));
  if (waiting !== 0) return waiting;
  if (view === "needs_response")
    return neededSince(a).localeCompare(neededSince(b)) || a.id.localeCompare(b.id);
  return b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id);
}

/** Every row of a view, each once, in order. */
export function rowsOf(view: View, list: RowList | undefined): ConversationRow[] {
  const rows = new Map<string, ConversationRow>();
  for (const page of list?.pages ?? []) for (const row of page.rows) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => compareRows(view, a, b));
}

/** Puts what is now known of a conversation into a view, moves it, or takes it out. */
export function placeRow(view: View, list: RowList, row: ConversationRow, me: string): RowList {
  const known = list.pages.some((page) => page.rows.some(({ id }) => id === row.id));
  const wanted = belongs(view, row, me);
  if (!known && !wanted) return list;

  const pages = list.pages.map((page) => ({ ...page, rows: page.rows.filter(({ id }) => id !== row.id) }));
  if (!wanted) return { ...list, pages };

  const place = pages.findIndex((page) => page.rows.some((other) => compareRows(view, row, other) < 0));
  const last = pages.at(-1);
  // Behind the last row that was fetched, it comes with the next page.
  if (place === -1 && last?.next !== undefined) return known ? { ...list, pages } : list;

  const target = pages[place] ?? last;
  if (target) target.rows = [...target.rows, row].sort((a, b) => compareRows(view, a, b));
  return { ...list, pages };
}

/** The counts after a conversation changed from one row to another. */
export function shiftCounts(
  counts: Counts,
  before: ConversationRow,
  after: ConversationRow,
  me: string,
): Counts {
  const next = { ...counts };
  for (const view of views) {
    const change = Number(belongs(view, after, me)) - Number(belongs(view, before, me));
    next[view] = Math.max(0, next[view] + change);
  }
  return next;
}

export function isWaiting(row: ConversationRow): boolean {
  return row.state.state === "WAITING_HUMAN";
}

function neededSince(row: ConversationRow): string {
  return isWaiting(row) ? (row.escalatedAt ?? row.state.since) : row.lastMessageAt;
}
