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

/** A promise counts by the day it was made. */
export const clocks: Source = {
  from: `(SELECT k.conversation_id, CASE k.kind WHEN 'first_response' THEN 1 WHEN 'next_response' THEN 2 ELSE 3 END AS seq, k.company_id, k.started_at AS at, ${narrowing},
            c.operator_id, c.in_hours, k.met_at, k.breached_at, k.ended_at
          FROM sla_clock k JOIN conversation_fact c ON c.company_id = k.company_id AND c.conversation_id = k.conversation_id)`,
  splits: [],
};

/** One row a reply of a person for whom something was suggested: the best that became of any suggestion. */
export const suggestions: Source = {
  from: `(SELECT s.conversation_id, 0 AS seq, s.company_id, s.at, ${narrowing}, s.operator_id, c.in_hours, s.accepted
          FROM (SELECT company_id, conversation_id, message_id, max(decided_at) AS at, (max(operator_id::text))::uuid AS operator_id,
                  bool_or(outcome IN ('used', 'edited')) AS accepted
                FROM suggestion WHERE outcome IS NOT NULL GROUP BY company_id, conversation_id, message_id) s
          JOIN conversation_fact c ON c.company_id = s.company_id AND c.conversation_id = s.conversation_id)`,
  splits: [],
};
