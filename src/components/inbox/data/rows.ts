import type { ConversationPage, ConversationRow, ListFilters, ListSort, View } from "#contracts/operator";

export type Counts = ConversationPage["counts"];

/** The pages of one view as they were fetched, mended since by what happened. */
export type RowList = { pages: ConversationPage[]; pageParams: unknown[] };

/** Which conversations a list holds: those of a view, perhaps only some of them, perhaps by their promises. */
export type ListRef = { view: View; filters: ListFilters; sort?: ListSort | undefined };

export const views: View[] = [
  "needs_response",
  "mine",
  "unassigned",
  "waiting_customer",
  "snoozed",
  "ai",
  "all",
  "resolved",
];

/** Says whether a conversation stands in a view of this operator. */
export function belongs(view: View, row: ConversationRow, me: string): boolean {
  const { state, operator } = row.state;
  const snoozed = row.attributes.snoozedUntil !== undefined;
  // A snooze that ran out asks for somebody, whoever spoke last.
  const isOurTurn = row.lastAuthor === "customer" || row.attributes.wokenAt !== undefined;
  switch (view) {
    case "needs_response":
      return !snoozed && (isWaiting(row) || (state === "WITH_HUMAN" && isOurTurn));
    case "mine":
      return state === "WITH_HUMAN" && operator?.id === me;
    case "unassigned":
      return !snoozed && isWaiting(row);
    case "waiting_customer":
      return !snoozed && state === "WITH_HUMAN" && !isOurTurn;
    case "snoozed":
      return snoozed;
    case "all":
      return true;
    case "ai":
      return state === "ACTIVE";
    case "resolved":
      return state === "RESOLVED" || state === "ABANDONED";
  }
}

/** Says whether a conversation stands in a list of this operator. */
export function isListed({ view, filters }: ListRef, row: ConversationRow, me: string): boolean {
  const { tag, teamId, operatorId, contactId, channel, snoozed } = filters;
  const { attributes, state } = row;
  return (
    belongs(view, row, me) &&
    (tag === undefined || attributes.tags.includes(tag)) &&
    (teamId === undefined || attributes.teamId === teamId) &&
    (operatorId === undefined || state.operator?.id === operatorId) &&
    (contactId === undefined || row.customer.id === contactId) &&
    (channel === undefined || row.channel === channel) &&
    (snoozed === undefined || (snoozed === "only") === (attributes.snoozedUntil !== undefined))
  );
}

/** The order of a list, the same as the server's: who waits for a person first, then by time; who wakes next, or was promised most, first. */
export function compareRows(
  { view, sort }: Pick<ListRef, "view" | "sort">,
  a: ConversationRow,
  b: ConversationRow,
): number {
  if (sort === "due")
    return (
      dueAt(a).localeCompare(dueAt(b)) ||
      neededSince(a).localeCompare(neededSince(b)) ||
      a.id.localeCompare(b.id)
    );
  if (view === "snoozed") return wakesAt(a).localeCompare(wakesAt(b)) || a.id.localeCompare(b.id);
  const waiting = Number(isWaiting(b)) - Number(isWaiting(a));
  if (waiting !== 0) return waiting;
  if (view === "needs_response" || view === "unassigned")
    return neededSince(a).localeCompare(neededSince(b)) || a.id.localeCompare(b.id);
  return b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id);
}

/** Every row of a list, each once, in order. */
export function rowsOf(ref: Pick<ListRef, "view" | "sort">, list: RowList | undefined): ConversationRow[] {
  const rows = new Map<string, ConversationRow>();
  for (const page of list?.pages ?? []) for (const row of page.rows) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => compareRows(ref, a, b));
}

/** Puts what is now known of a conversation into a list, moves it, or takes it out. */
export function placeRow(ref: ListRef, list: RowList, row: ConversationRow, me: string): RowList {
  const known = list.pages.some((page) => page.rows.some(({ id }) => id === row.id));
  const wanted = isListed(ref, row, me);
  if (!known && !wanted) return list;

  const pages = list.pages.map((page) => ({ ...page, rows: page.rows.filter(({ id }) => id !== row.id) }));
  if (!wanted) return { ...list, pages };

  const place = pages.findIndex((page) => page.rows.some((other) => compareRows(ref, row, other) < 0));
  const last = pages.at(-1);
  // Behind the last row that was fetched, it comes with the next page.
  if (place === -1 && last?.next !== undefined) return known ? { ...list, pages } : list;

  const target = pages[place] ?? last;
  if (target) target.rows = [...target.rows, row].sort((a, b) => compareRows(ref, a, b));
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

/** What runs no clock comes after all that do: no moment begins with this letter. */
function dueAt(row: ConversationRow): string {
  return row.attributes.due?.at ?? "z";
}

function wakesAt(row: ConversationRow): string {
  return row.attributes.snoozedUntil ?? "";
}
