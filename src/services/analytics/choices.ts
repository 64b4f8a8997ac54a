import type { FilterChoices } from "#contracts/analytics";
import { read } from "#lib/db";

const most = 200;

/** What reports of a company can be narrowed to: what there is, and of topics and tags what the last 90 days had. */
export async function filterChoices(who: { companyId: string }, now = new Date()): Promise<FilterChoices> {
  const { companyId } = who;
  const since = new Date(now.getTime() - 90 * 24 * 60 * 60_000);
  const [row] = await read<{ [Name in keyof FilterChoices]: FilterChoices[Name] | null }>(
    companyId,
    `WITH recent AS MATERIALIZED (
       SELECT channel, topic, tags FROM conversation_fact WHERE company_id = $1 AND at >= $2 ORDER BY at DESC LIMIT 20000
     )
     SELECT (SELECT jsonb_agg(DISTINCT channel) FROM recent) AS channels,
            (SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name) FROM agent WHERE company_id = $1) AS agents,
            (SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name) FROM team WHERE company_id = $1) AS teams,
            (SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) ORDER BY u.name)
             FROM member m JOIN "user" u ON u.id = m.user_id WHERE m.company_id = $1) AS operators,
            (SELECT jsonb_agg(topic) FROM (SELECT topic FROM recent GROUP BY topic ORDER BY count(*) DESC, topic LIMIT ${most}) AS t) AS topics,
            (SELECT jsonb_agg(tag) FROM (
               SELECT tag FROM recent, unnest(tags) AS tag GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${most}) AS t) AS tags`,
    [companyId, since],
  );
  return {
    channels: row?.channels ?? [],
    agents: row?.agents ?? [],
    teams: row?.teams ?? [],
    operators: row?.operators ?? [],
    topics: row?.topics ?? [],
    tags: row?.tags ?? [],
  };
}
