import { setTimeout as pause } from "node:timers/promises";
import { markDays } from "#lib/changed-days";
import { type Tx, withCompany } from "#lib/db";
import { log } from "#lib/log";
import { oldestRunningTransaction, sweepAnalytics } from "#lib/sweeps";
import { type Calendar, calendarOf } from "./calendar.ts";
import { factsOf } from "./fold/fold.ts";
import { readLogs } from "./log.ts";
import { keepFacts } from "./store.ts";

/** Raised when facts follow from the log in another way than before: all are made again then. */
export const factsProgram = 2;
const pageOfEvents = 400;
const pageOfConversations = 300;

/** How far a company's facts are: what happened until `readAt` is in them, but for old conversations while `filling`. */
export type Standing = { readAt: Date; filling: boolean };

type Cursor = { since: bigint; filled: string | null; madeBy: string };

/**
 * Makes facts of what a company's log has added, page by page, until they are up to date or the time is over; two who do
 * this at once do not wait for each other. Where nobody waits for it, it rests after each page for as long as that took.
 * Nothing is lost where it is broken off: the place is kept with the facts.
 */
export async function followCompany(
  companyId: string,
  {
    now = new Date(),
    patience = 10_000,
    resting = false,
  }: { now?: Date; patience?: number; resting?: boolean } = {},
): Promise<void> {
  const calendar = await calendarOf(companyId);
  const until = performance.now() + patience;
  for (let began = performance.now(); await followPage(companyId, calendar, now); began = performance.now()) {
    if (performance.now() > until) return;
    if (resting) await pause(performance.now() - began);
  }
}

/** Where a company's facts stand; undefined where nobody has begun. */
export async function standingOf(companyId: string): Promise<Standing | undefined> {
  const [row] = await withCompany(
    companyId,
    (tx) => tx.$queryRaw<{ readAt: Date; filling: boolean }[]>`
      SELECT read_at AS "readAt", filled IS NOT NULL AS filling FROM analytics_cursor WHERE company_id = ${companyId}::uuid`,
  );
  return row;
}

/** Makes the facts of all companies that are behind. */
export async function followAll(now = new Date()): Promise<void> {
  for (const companyId of await sweepAnalytics(await oldestRunningTransaction(), now, 500)) {
    await followCompany(companyId, { now, resting: true }).catch((error: unknown) => {
      // The others do not wait for one that cannot be read; the next round tries it again.
      log.warn({ err: error, companyId }, "A company's facts could not be made");
    });
  }
}

/** Makes a company's facts again from its first conversation on; reports stay readable meanwhile. Answers how many there are. */
export async function rebuild(companyId: string, now = new Date()): Promise<number> {
  await withCompany(companyId, (tx) => tx.analyticsCursor.deleteMany({ where: { companyId } }));
  await followCompany(companyId, { now, patience: Number.POSITIVE_INFINITY });
  return withCompany(companyId, (tx) => tx.conversationFact.count({ where: { companyId } }));
}

/** Answers whether there is more. */
async function followPage(companyId: string, calendar: Calendar, now: Date): Promise<boolean> {
  const safe = await oldestRunningTransaction();
  return withCompany(companyId, async (tx) => {
    const cursor = await holdCursor(tx, { companyId, safe, madeBy: `${factsProgram}:${calendar.mark}`, now });
    if (cursor === undefined) return false;
    const news = await newsSince(tx, companyId, cursor.since, safe);
    const settled = await settledBy(tx, companyId, now);
    const older = cursor.filled === null ? [] : await conversationsAfter(tx, companyId, cursor.filled);
    const ids = [...new Set([...news.ids, ...settled, ...older])];
    await makeFacts(tx, { companyId, ids, calendar, now });
    const filled = older.length < pageOfConversations ? null : (older.at(-1) ?? null);
    await tx.$executeRaw`
      UPDATE analytics_cursor SET since = ${news.upto}::bigint, filled = ${filled}::uuid, read_at = ${now}::timestamptz,
        settles_at = (SELECT min(f.settles_at) FROM conversation_fact f WHERE f.company_id = ${companyId}::uuid)
      WHERE company_id = ${companyId}::uuid`;
    return news.more || filled !== null || settled.length === pageOfConversations;
  });
}

async function makeFacts(
  tx: Tx,
  { companyId, ids, calendar, now }: { companyId: string; ids: string[]; calendar: Calendar; now: Date },
): Promise<void> {
  if (ids.length === 0) return;
  const read = await readLogs(tx, companyId, ids);
  const made = read.map(({ place, log: entries }) => ({ place, facts: factsOf(entries, calendar, now) }));
  const judged = await keepFacts(tx, companyId, made, now);
  const moments = read.flatMap(({ log: { entries, ratings } }) => [
    ...entries.map(({ at }) => at),
    ...ratings.map(({ askedAt }) => askedAt),
  ]);
  await markDays(tx, companyId, [...moments, ...judged, now]);
}

type Holding = { companyId: string; safe: string; madeBy: string; now: Date };

/** The place to read on from, for this transaction alone; undefined where another reads on already. */
async function holdCursor(tx: Tx, { companyId, safe, madeBy, now }: Holding): Promise<Cursor | undefined> {
  const beginning = "00000000-0000-0000-0000-000000000000";
  await tx.$executeRaw`
    INSERT INTO analytics_cursor (company_id, since, filled, made_by, read_at)
    VALUES (${companyId}::uuid, ${BigInt(safe)}::bigint, ${beginning}::uuid, ${madeBy}, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  const [cursor] = await tx.$queryRaw<Cursor[]>`
    SELECT since, filled, made_by AS "madeBy" FROM analytics_cursor WHERE company_id = ${companyId}::uuid FOR UPDATE SKIP LOCKED`;
  if (cursor === undefined || cursor.madeBy === madeBy) return cursor;
  await tx.$executeRaw`
    UPDATE analytics_cursor SET made_by = ${madeBy}, filled = ${beginning}::uuid WHERE company_id = ${companyId}::uuid`;
  return { ...cursor, filled: beginning };
}

/** The conversations of the next transactions, whole ones only; but for entries that are in their facts already. */
async function newsSince(tx: Tx, companyId: string, since: bigint, safe: string) {
  const rows = await tx.$queryRaw<{ id: string; txid: string }[]>`
    SELECT e.conversation_id AS id, e.txid::text AS txid FROM event e
    LEFT JOIN conversation_fact f ON f.company_id = e.company_id AND f.conversation_id = e.conversation_id
    WHERE e.company_id = ${companyId}::uuid AND e.txid >= ${String(since)}::xid8 AND e.txid < ${safe}::xid8
      AND (f.head IS NULL OR e.seq > f.head)
    ORDER BY e.txid FETCH FIRST (${pageOfEvents}::integer) ROWS WITH TIES`;
  const more = rows.length >= pageOfEvents;
  const last = rows.at(-1);
  const upto = more && last !== undefined ? BigInt(last.txid) + 1n : BigInt(safe);
  return { ids: [...new Set(rows.map(({ id }) => id))], upto, more };
}

async function settledBy(tx: Tx, companyId: string, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT conversation_id AS id FROM conversation_fact
    WHERE company_id = ${companyId}::uuid AND settles_at <= ${now}::timestamptz ORDER BY settles_at LIMIT ${pageOfConversations}`;
  return rows.map(({ id }) => id);
}

async function conversationsAfter(tx: Tx, companyId: string, after: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversation WHERE company_id = ${companyId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${pageOfConversations}`;
  return rows.map(({ id }) => id);
}
