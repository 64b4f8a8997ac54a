import type { SuggestionUse, UseReport } from "#contracts/copilot";
import { read } from "#lib/db";
import type { Reader } from "#services/conversations";

/**
 * What became of suggestions, by topic, the busiest first. Counted are replies: of those that a person sent while
 * suggestions were shown for it, each used one as it was, edited one, or ignored them all.
 */
export async function suggestionUse(
  { companyId }: Reader,
  { days }: { days: number },
  now = new Date(),
): Promise<UseReport> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const rows = await read<Row>(
    companyId,
    `SELECT topic, count(*)::int AS replies, count(*) FILTER (WHERE used)::int AS used,
            count(*) FILTER (WHERE edited AND NOT used)::int AS edited
     FROM (SELECT max(topic) AS topic, bool_or(outcome = 'used') AS used, bool_or(outcome = 'edited') AS edited
           FROM suggestion WHERE company_id = $1 AND decided_at >= $2 AND outcome IS NOT NULL GROUP BY message_id) AS reply
     GROUP BY ROLLUP (topic) ORDER BY grouping(topic) DESC, count(*) DESC, topic LIMIT $3`,
    [companyId, since, mostTopics + 1],
  );
  const topics = rows.flatMap(({ topic, ...counted }) =>
    topic === null ? [] : [{ topic, ...acceptanceOf(counted) }],
  );
  const total = rows.find(({ topic }) => topic === null) ?? { replies: 0, used: 0, edited: 0 };
  return { since: since.toISOString(), total: acceptanceOf(total), topics };
}

const mostTopics = 100;

type Counted = Pick<SuggestionUse, "replies" | "used" | "edited">;
/** The row without a topic is that of all of them. */
type Row = Counted & { topic: string | null };

/** The numbers of some replies; acceptance is the share of them that a suggestion lives on in. */
export function acceptanceOf({ replies, used, edited }: Counted): SuggestionUse {
  const acceptance = replies === 0 ? undefined : (used + edited) / replies;
  return { replies, used, edited, ignored: replies - used - edited, acceptance };
}
