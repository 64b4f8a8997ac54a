import type { Tx } from "#lib/db";
import type { Facts } from "./fold/fold.ts";
import { lastingFor } from "./fold/resolutions.ts";
import type { Place } from "./log.ts";

/** A conversation with what its reports count; without facts it is in no report. */
export type Made = { place: Place; facts: Facts | undefined };

type Row = Record<string, unknown>;

const narrowing = ["at", "channel", "agent_id", "team_id", "operator_id", "topic", "tags", "in_hours"];
const tables = {
  conversation_fact: {
    key: ["conversation_id"],
    columns: [
      "contact_id",
      ...narrowing,
      "author",
      "seconds",
      "open_seconds",
      "answers",
      "replies",
      "escalations",
      "person",
      "solved",
      "settles_at",
      "head",
    ],
  },
  response_fact: {
    key: ["conversation_id", "seq"],
    columns: [...narrowing, "author", "first", "seconds", "open_seconds"],
  },
  wait_fact: {
    key: ["conversation_id", "seq"],
    columns: [...narrowing, "move", "reason", "rule_id", "rule_name", "outcome", "seconds", "open_seconds"],
  },
  resolution_fact: {
    key: ["conversation_id", "seq"],
    columns: ["contact_id", ...narrowing, "author", "how", "reopened_at", "seconds", "open_seconds"],
  },
} as const;

/**
 * Puts facts in the place of those that the conversations had, and judges again what lasted of their customers' solutions;
 * answers the moments of those about which that has changed.
 */
export async function keepFacts(tx: Tx, companyId: string, made: Made[], now: Date): Promise<Date[]> {
  const ids = made.map(({ place }) => place.id);
  const known = made.flatMap(({ place, facts }) => (facts === undefined ? [] : [{ place, facts }]));
  const rows: Record<keyof typeof tables, Row[]> = {
    conversation_fact: known.map(({ place, facts }) => conversationRow(place, facts)),
    response_fact: known.flatMap(({ place, facts }) =>
      facts.responses.map((each) => ({ ...narrowed(place, each), ...each, ...spent(each) })),
    ),
    wait_fact: known.flatMap(({ place, facts }) =>
      facts.waits.map((each) => ({
        ...narrowed(place, each),
        ...each,
        ...spent(each.span),
        rule_id: each.rule?.id,
        rule_name: each.rule?.name,
      })),
    ),
    resolution_fact: known.flatMap(({ place, facts }) =>
      facts.resolutions.map((each) => ({
        ...narrowed(place, each),
        ...each,
        ...spent(each),
        reopened_at: each.reopenedAt,
      })),
    ),
  };
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    await replace(tx, { companyId, name, ids, rows: rows[name] });
  }
  return judgeLasting(tx, companyId, [...new Set(made.map(({ place }) => place.contactId))], now);
}

function conversationRow(place: Place, facts: Facts): Row {
  const { first, answers, replies, escalations, person, solved, settlesAt } = facts;
  return {
    ...narrowed(place, facts),
    author: first?.author,
    ...spent(first),
    answers,
    replies,
    escalations,
    person,
    solved,
    settles_at: settlesAt,
    head: place.head,
  };
}

function narrowed(place: Place, row: { at: Date; inHours: boolean; operatorId: string | undefined }): Row {
  const { id, contactId, channel, agentId, teamId, topic, tags } = place;
  return {
    conversation_id: id,
    contact_id: contactId,
    at: row.at,
    channel,
    agent_id: agentId,
    team_id: teamId,
    operator_id: row.operatorId,
    topic,
    tags,
    in_hours: row.inHours,
  };
}

function spent(span: { seconds: number; openSeconds: number } | undefined): Row {
  return { seconds: span?.seconds, open_seconds: span?.openSeconds };
}

type Replacing = { companyId: string; name: keyof typeof tables; ids: string[]; rows: Row[] };

// Rows that stay as they are are not written again: most of a conversation's are, each time it goes on.
async function replace(tx: Tx, { companyId, name, ids, rows }: Replacing): Promise<void> {
  const { key, columns } = tables[name];
  const all = [...key, "company_id", ...columns];
  const given = JSON.stringify(rows.map((row) => ({ ...row, company_id: companyId })));
  const same = key.map((column) => `x.${column} = t.${column}`).join(" AND ");
  await tx.$executeRawUnsafe(
    `DELETE FROM ${name} t WHERE t.company_id = $1::uuid AND t.conversation_id = ANY($2::uuid[])
       AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::${name}, $3::jsonb) x WHERE ${same})`,
    companyId,
    ids,
    given,
  );
  await tx.$executeRawUnsafe(
    `INSERT INTO ${name} AS t (${all.join(", ")})
     SELECT ${all.map((column) => `x.${column}`).join(", ")} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb) x
     ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}
     WHERE (${columns.map((column) => `t.${column}`).join(", ")}) IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(", ")})`,
    given,
  );
}

/** A solution lasted when its customer came back in no conversation within the time; until then nobody knows. */
async function judgeLasting(tx: Tx, companyId: string, contactIds: string[], now: Date): Promise<Date[]> {
  const seconds = lastingFor / 1_000;
  const changed = await tx.$queryRaw<{ at: Date }[]>`
    WITH judged AS (
      SELECT r.conversation_id, r.seq, CASE
        WHEN back.at < r.at + ${seconds}::double precision * interval '1 second' THEN false
        WHEN r.at + ${seconds}::double precision * interval '1 second' <= ${now}::timestamptz THEN true END AS lasted
      FROM resolution_fact r CROSS JOIN LATERAL (
        SELECT least(r.reopened_at, (
          SELECT min(c.at) FROM conversation_fact c
          WHERE c.company_id = r.company_id AND c.contact_id = r.contact_id AND c.conversation_id <> r.conversation_id AND c.at > r.at
        )) AS at
      ) AS back
      WHERE r.company_id = ${companyId}::uuid AND r.contact_id = ANY(${contactIds}::uuid[])
    )
    UPDATE resolution_fact r SET lasted = judged.lasted FROM judged
    WHERE r.conversation_id = judged.conversation_id AND r.seq = judged.seq AND r.lasted IS DISTINCT FROM judged.lasted
    RETURNING r.at`;
  return changed.map(({ at }) => at);
}
