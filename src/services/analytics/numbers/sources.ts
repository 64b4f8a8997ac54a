import type { Source } from "./definition.ts";

export const conversations: Source = { from: "(SELECT *, 0 AS seq FROM conversation_fact)", splits: [] };
export const responses: Source = { from: "response_fact", splits: [] };
export const waits: Source = { from: "wait_fact", splits: ["rule", "reason"] };
export const resolutions: Source = { from: "resolution_fact", splits: ["how"] };

const narrowing = "c.channel, c.agent_id, c.team_id, c.topic, c.tags";

/** Asked by the day of the question, whenever it was answered. */
export const ratings: Source = {
  from: `(SELECT r.conversation_id, CASE r.of WHEN 'ai' THEN 1 ELSE 2 END AS seq, r.company_id, r.asked_at AS at, ${narrowing},
            r.operator_id, c.in_hours, r.of, r.score, r.comment
          FROM rating r JOIN conversation_fact c ON c.company_id = r.company_id AND c.conversation_id = r.conversation_id)`,
  splits: ["score"],
  comment: "f.comment",
};

/** A promise counts by the day it was made; it is broken by time alone, and a changed policy measures it anew. */
export const clocks: Source = {
  from: `(SELECT k.conversation_id, CASE k.kind WHEN 'first_response' THEN 1 WHEN 'next_response' THEN 2 ELSE 3 END AS seq, k.company_id, k.started_at AS at, ${narrowing},
            c.operator_id, c.in_hours, coalesce(k.policy_id::text, k.policy_name) AS policy, k.met_at, k.breached_at, k.ended_at
          FROM sla_clock k JOIN conversation_fact c ON c.company_id = k.company_id AND c.conversation_id = k.conversation_id)`,
  splits: ["policy"],
};

/**
 * One row a reply of a person for whom something was suggested: the best that became of any suggestion, and the topic that
 * it was made for. What became of it is found out after the reply.
 */
export const suggestions: Source = {
  from: `(SELECT s.conversation_id, 0 AS seq, s.company_id, s.at, c.channel, c.agent_id, c.team_id, s.topic, c.tags, s.operator_id, c.in_hours,
            s.outcome IN ('used', 'edited') AS accepted, s.outcome
          FROM (SELECT company_id, conversation_id, message_id, decided_at AS at, max(topic) AS topic, (max(operator_id::text))::uuid AS operator_id,
                  CASE WHEN bool_or(outcome = 'used') THEN 'used' WHEN bool_or(outcome = 'edited') THEN 'edited' ELSE 'ignored' END AS outcome
                FROM suggestion WHERE outcome IS NOT NULL GROUP BY company_id, conversation_id, message_id, decided_at) s
          JOIN conversation_fact c ON c.company_id = s.company_id AND c.conversation_id = s.conversation_id)`,
  splits: ["outcome"],
};
