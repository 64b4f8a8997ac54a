import type { State } from "#contracts/conversation";
import { DeskAlert } from "#contracts/desk";
import { type Tx, withCompany } from "#lib/db";
import { mailIsOn } from "#lib/mail";
import { concernsOf, gathered, type Heard } from "./alert-concerns.ts";
import { tellRaised, tellSettled } from "./alert-list.ts";
import { type Raised, raise } from "./alert-raise.ts";
import { awaitReader } from "./customer-letter.ts";

/** Entries of the log that are looked at in one transaction; one commit never adds as many. */
const page = 1_000;

/**
 * Reads what a company's log gained since the last time, and tells operators what concerns them. Where it stands is kept
 * in the commit that tells, so that whatever dies in between, each entry is told once.
 */
export async function raiseAlerts(companyId: string, now = new Date()): Promise<void> {
  for (let more = true; more; ) {
    const done = await withCompany(companyId, (tx) => raisePage(tx, companyId, now));
    await tellSettled(companyId, done.settled);
    await tellRaised(companyId, done.raised);
    more = done.more;
  }
}

/** Tells operators what the desk has decided they must hear, such as that a clock has ended. The same key tells once. */
export async function raiseDeskAlert(payload: unknown, now = new Date()): Promise<void> {
  const { companyId, conversationId, kind, operatorIds, via, key } = DeskAlert.parse(payload);
  const raised = await withCompany(companyId, async (tx) => {
    const told = await tx.$executeRaw`
      INSERT INTO alert_cause (company_id, cause, created_at) VALUES (${companyId}::uuid, ${key}, ${now}) ON CONFLICT DO NOTHING`;
    const conversation = await tx.conversation.findFirst({ where: { id: conversationId, companyId } });
    if (told === 0 || conversation === null || conversation.head === 0) return [];
    const telling = {
      kind: kind === "acceptance" ? ("offered" as const) : kind,
      conversationId,
      seq: conversation.head,
      at: now,
      count: 1,
    };
    const tellings = [...new Set(operatorIds)].map((userId) => ({ ...telling, userId }));
    return raise(tx, companyId, tellings, { now, apart: true, via });
  });
  await tellRaised(companyId, raised);
}

type Settled = { id: string; userId: string };
type Page = { raised: Raised[]; settled: Settled[]; more: boolean };

async function raisePage(tx: Tx, companyId: string, now: Date): Promise<Page> {
  const [cursor] = await tx.$queryRaw<{ since: bigint; upto: bigint }[]>`
    SELECT since, greatest(since, pg_snapshot_xmin(pg_current_snapshot())::text::bigint) AS upto
    FROM notification_cursor WHERE company_id = ${companyId}::uuid FOR UPDATE`;
  if (cursor === undefined) return { raised: [], settled: [], more: false };
  const rows = await heardIn(tx, companyId, cursor);
  const more = rows.length === page;
  // The rows of the last transaction may not all have been read: they are looked at once more, and told once.
  const since = more ? BigInt(rows.at(-1)?.txid ?? cursor.upto) : cursor.upto;
  const heard = rows.map(heardOf);

  const settled = await settle(
    tx,
    companyId,
    [...new Set(heard.map(({ conversationId }) => conversationId))],
    now,
  );
  const everyone = await operatorsOf(tx, companyId, heard);
  const tellings = heard.flatMap((each) => concernsOf(each, everyone.get(each.now.teamId ?? "") ?? []));
  const raised = await raise(tx, companyId, gathered(tellings), { now });
  if (mailIsOn()) await awaitReader(tx, companyId, rows, now);
  await tx.$executeRaw`UPDATE notification_cursor SET since = ${since} WHERE company_id = ${companyId}::uuid`;
  return { raised, settled, more };
}

/** An entry as the log has it, beside its conversation. */
type HeardRow = {
  txid: string;
  conversationId: string;
  seq: number;
  createdAt: Date;
  change: { state: State; operatorId: string | null } | null;
  by: string | null;
  author: "customer" | "agent" | "operator" | "system" | null;
  audience: "all" | "operators" | null;
  data: { kind: string; operators?: string[] } | null;
  channel: string;
  state: State;
  holder: string | null;
  teamId: string | null;
  operatorRead: number;
  customerRead: number;
};

function heardIn(
  tx: Tx,
  companyId: string,
  { since, upto }: { since: bigint; upto: bigint },
): Promise<HeardRow[]> {
  return tx.$queryRaw<HeardRow[]>`
    SELECT e.txid::text AS txid, e.conversation_id AS "conversationId", e.seq, e.created_at AS "createdAt",
           CASE WHEN e.type = 'state' THEN jsonb_build_object('state', e.payload#>>'{state,state}',
                                                              'operatorId', e.payload#>>'{state,operator,id}') END AS change,
           CASE WHEN e.type = 'state' THEN e.payload#>>'{by,id}' ELSE m.author_id END AS by,
           m.author_kind AS author, m.audience, m.data, c.channel, c.state, c.operator_id AS holder, c.team_id AS "teamId",
           c.operator_read AS "operatorRead", c.customer_read AS "customerRead"
    FROM event e
    JOIN conversation c ON c.company_id = e.company_id AND c.id = e.conversation_id
    LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
    WHERE e.company_id = ${companyId}::uuid AND e.txid >= ${String(since)}::xid8 AND e.txid < ${String(upto)}::xid8
      AND (e.type = 'state' OR (m.author_kind = 'customer' AND c.operator_id IS NOT NULL AND m.data->>'kind' IS DISTINCT FROM 'spoken')
           OR (m.audience = 'operators' AND m.data IS NOT NULL)
           OR (${mailIsOn()} AND m.author_kind IN ('agent', 'operator') AND m.audience = 'all' AND c.channel = 'web'
               AND m.seq > c.customer_read))
    ORDER BY e.txid, e.conversation_id, e.seq LIMIT ${page}`;
}

function heardOf(row: HeardRow): Heard {
  const { change, author, data } = row;
  return {
    conversationId: row.conversationId,
    seq: row.seq,
    at: row.createdAt,
    by: row.by ?? undefined,
    ...(change !== null && { change: { state: change.state, operatorId: change.operatorId ?? undefined } }),
    ...(author !== null && {
      message: {
        author,
        internal: row.audience === "operators",
        named: data?.kind === "mention" ? (data.operators ?? []) : [],
        whisper: data?.kind === "whisper",
      },
    }),
    now: {
      state: row.state,
      holder: row.holder ?? undefined,
      teamId: row.teamId ?? undefined,
      operatorRead: row.operatorRead,
    },
  };
}

/** Takes back what nobody needs to see any more: a queue that was left, words of a conversation that is another's now. */
function settle(tx: Tx, companyId: string, conversationIds: string[], now: Date): Promise<Settled[]> {
  return tx.$queryRaw<Settled[]>`
    UPDATE alert a SET read_at = ${now} FROM conversation c
    WHERE a.company_id = ${companyId}::uuid AND a.conversation_id = ANY(${conversationIds}::uuid[]) AND a.read_at IS NULL
      AND c.company_id = a.company_id AND c.id = a.conversation_id
      AND CASE WHEN a.kind IN ('escalation', 'offered') THEN c.state <> 'WAITING_HUMAN'
               WHEN a.kind IN ('assigned', 'message') THEN c.operator_id IS DISTINCT FROM a.user_id
               WHEN a.kind IN ('sla_warning', 'sla_breach') THEN c.state NOT IN ('WAITING_HUMAN', 'WITH_HUMAN')
               WHEN a.kind = 'undelivered' THEN undelivered_of(c.thread_id, c.id) = 0
               ELSE false END
    RETURNING a.id, a.user_id AS "userId"`;
}

/** Who is told of what waits: the people of its team, or everybody where it has none, by team. */
async function operatorsOf(tx: Tx, companyId: string, heard: Heard[]): Promise<Map<string, string[]>> {
  const waiting = heard.filter(({ change, now }) => change !== undefined && now.state === "WAITING_HUMAN");
  const teamIds = [...new Set(waiting.flatMap(({ now }) => now.teamId ?? []))];
  if (waiting.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ userId: string; teams: string[] }[]>`
    SELECT m.user_id AS "userId", ARRAY(SELECT t.team_id::text FROM team_member t WHERE t.company_id = m.company_id
             AND t.user_id = m.user_id AND t.team_id = ANY(${teamIds}::uuid[])) AS teams
    FROM member m WHERE m.company_id = ${companyId}::uuid`;
  const everyone = rows.map(({ userId }) => userId);
  const known = new Map([["", everyone]]);
  for (const teamId of teamIds) {
    const people = rows.filter(({ teams }) => teams.includes(teamId)).map(({ userId }) => userId);
    // A team without people must not leave a customer unheard.
    known.set(teamId, people.length > 0 ? people : everyone);
  }
  return known;
}
