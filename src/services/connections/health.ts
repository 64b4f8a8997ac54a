import type { ConnectionView, RejectionReason } from "#contracts/connections";
import { read } from "#lib/db";

type Health = ConnectionView["health"];

type Row = {
  id: string;
  state: string;
  last_sent_at: Date | null;
  last_error: string | null;
  last_error_at: Date | null;
  last_received_at: Date | null;
  waiting: number;
  quarantined: number;
  outgoing_waiting: number;
  failed: number;
  unknown: number;
  usual: number;
  rejections: { reason: RejectionReason; count: number; lastAt: string }[] | null;
};

/** Fewer messages an hour than this are no habit that could be missed. */
const habit = 4;
const hour = 60 * 60_000;

/** How connections of a company do, by id, in one query. */
export async function healthOf(
  companyId: string,
  ids: string[],
  now = new Date(),
): Promise<Map<string, Health>> {
  const rows = await read<Row>(
    companyId,
    `SELECT c.id, c.state, c.last_sent_at, c.last_error, c.last_error_at,
            (SELECT max(received_at) FROM webhook_delivery w WHERE w.connection_id = c.id) AS last_received_at,
            (SELECT count(*)::int FROM webhook_delivery w WHERE w.connection_id = c.id AND w.state = 'received') AS waiting,
            (SELECT count(*)::int FROM webhook_delivery w WHERE w.connection_id = c.id AND w.state = 'quarantined') AS quarantined,
            (SELECT count(*)::int FROM delivery d WHERE d.connection_id = c.id AND d.state IN ('waiting', 'sending')) AS outgoing_waiting,
            (SELECT count(*)::int FROM delivery d WHERE d.connection_id = c.id AND d.state = 'failed') AS failed,
            (SELECT count(*)::int FROM delivery d WHERE d.connection_id = c.id AND d.state = 'unknown') AS unknown,
            -- How many came in this hour of the day on an average day of the last week.
            (SELECT count(*)::float / 7 FROM webhook_delivery w WHERE w.connection_id = c.id
              AND w.received_at > $3::timestamptz - interval '7 days' AND w.received_at < $3::timestamptz - interval '22 hours'
              AND date_part('hour', w.received_at) = date_part('hour', $3::timestamptz - interval '30 minutes')) AS usual,
            (SELECT jsonb_agg(jsonb_build_object('reason', r.reason, 'count', r.count, 'lastAt', r.last_at) ORDER BY r.last_at DESC)
             FROM (SELECT reason, sum(count)::int AS count, max(last_at) AS last_at FROM rejection
                   WHERE connection_id = c.id AND day > $3::date - 7 GROUP BY reason) r) AS rejections
     FROM connection c WHERE c.company_id = $1 AND c.id = ANY($2)`,
    [companyId, ids, now],
  );
  return new Map(rows.map((row) => [row.id, view(row, now)]));
}

function view(row: Row, now: Date): Health {
  const { last_error: words, last_error_at: at, last_received_at: heard } = row;
  // Where nobody is let in, silence is no news.
  const silent =
    row.state !== "paused" && row.usual >= habit && heard !== null && now.getTime() - heard.getTime() > hour;
  return {
    lastReceivedAt: heard?.toISOString(),
    lastSentAt: row.last_sent_at?.toISOString(),
    lastError: words === null || at === null ? undefined : { words, at: at.toISOString() },
    rejections: (row.rejections ?? []).map(({ lastAt, ...rest }) => ({
      ...rest,
      lastAt: new Date(lastAt).toISOString(),
    })),
    waiting: row.waiting,
    quarantined: row.quarantined,
    outgoing: { waiting: row.outgoing_waiting, failed: row.failed, unknown: row.unknown },
    silentSince: silent ? heard?.toISOString() : undefined,
  };
}
