import type { MessageView } from "#contracts/conversation";
import { read } from "#lib/db";
import type { Reader } from "#services/conversations";

/** What stands in a conversation's log besides its newest page. */
export type SinceHandBack = {
  /** Where the newest hand-back to the AI stands in the log; 0 where there was none. What was said before it is settled. */
  handBack: number;
  /** How many messages were written since, by customer, agent and operators. */
  messages: number;
  /** What the people who handed it back wrote to the customer while they had it, oldest first. */
  said: string[];
};

/** The same, of a log that lies here whole: what the customer may read of it, oldest first. `scoped` where its hand-back set a scope. */
export function sinceHandBackIn(log: MessageView[], { scoped }: { scoped: boolean }): SinceHandBack {
  const written = log.filter(({ author, data }) => author.kind !== "system" && data?.kind !== "spoken");
  const handBack = log.findLast(({ notice }) => notice?.kind === "handed_back")?.seq ?? 0;
  const person = scoped ? (log.findLast(({ author }) => author.kind === "operator")?.seq ?? 0) : 0;
  const agent = written.findLast(({ author, seq }) => author.kind === "agent" && seq < person)?.seq ?? 0;
  const said = log.filter(({ author, seq }) => author.kind === "operator" && seq > agent && seq <= person);
  return {
    handBack,
    messages: written.filter(({ seq }) => seq > handBack).length,
    said: said.map(({ text }) => text),
  };
}

// Counting takes time, and no rule asks for more than half of it.
const mostCounted = 2_000;
const mostSaid = 50;
const end = 2_147_483_647;

/** Reads what a turn must know of all that was written since the newest hand-back, before a number of the log. */
export async function sinceHandBack(
  who: Reader,
  conversationId: string,
  before: number = end,
): Promise<SinceHandBack> {
  const [row] = await read<SinceHandBack>(
    who.companyId,
    `SELECT back.seq AS "handBack",
            (SELECT count(*)::int FROM (
               SELECT FROM message m WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.seq > back.seq AND m.seq < $3
                 AND m.audience = 'all' AND m.author_kind <> 'system' AND m.data->>'kind' IS DISTINCT FROM 'spoken' LIMIT $4
             ) written) AS messages,
            CASE WHEN c.scope IS NULL THEN '{}' ELSE ARRAY(
              SELECT text FROM (
                SELECT m.seq, m.text FROM message m WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.seq <= person.seq
                  AND m.seq > (SELECT coalesce(max(a.seq), 0) FROM message a WHERE a.company_id = $1 AND a.conversation_id = $2
                                 AND a.seq < person.seq AND a.author_kind = 'agent' AND a.data->>'kind' IS DISTINCT FROM 'spoken')
                  AND m.author_kind = 'operator' AND m.audience = 'all' ORDER BY m.seq DESC LIMIT $5
              ) newest ORDER BY seq
            ) END AS said
     FROM conversation c
     CROSS JOIN LATERAL (
       SELECT coalesce(max(seq), 0) AS seq FROM message
       WHERE company_id = $1 AND conversation_id = $2 AND seq < $3 AND notice->>'kind' = 'handed_back'
     ) back
     LEFT JOIN LATERAL (
       SELECT seq FROM message WHERE c.scope IS NOT NULL AND company_id = $1 AND conversation_id = $2 AND seq < $3
         AND author_kind = 'operator' AND audience = 'all' ORDER BY seq DESC LIMIT 1
     ) person ON true
     WHERE c.company_id = $1 AND c.id = $2`,
    [who.companyId, conversationId, before, mostCounted, mostSaid],
    { name: "since_hand_back" },
  );
  return row ?? { handBack: 0, messages: 0, said: [] };
}
