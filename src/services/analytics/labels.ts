import type { Dimension } from "#contracts/analytics";
import { read } from "#lib/db";

/** How the parts of a dimension are called; those that say themselves what they are, such as a channel, are not in it. */
export async function labelsOf(
  companyId: string,
  dimension: Dimension,
  keys: string[],
): Promise<Map<string, string>> {
  const text = named[dimension];
  if (text === undefined || keys.length === 0) return new Map();
  const rows = await read<{ key: string; label: string }>(companyId, text, [companyId, keys]);
  return new Map(rows.map(({ key, label }) => [key, label]));
}

const named: Partial<Record<Dimension, string>> = {
  agent: "SELECT id::text AS key, name AS label FROM agent WHERE company_id = $1 AND id::text = ANY($2)",
  team: "SELECT id::text AS key, name AS label FROM team WHERE company_id = $1 AND id::text = ANY($2)",
  // Whoever has left the company still did what they did; nobody is named who never was in it.
  operator: `SELECT u.id::text AS key, u.name AS label FROM "user" u WHERE u.id::text = ANY($2) AND (
      EXISTS (SELECT FROM member m WHERE m.company_id = $1 AND m.user_id = u.id)
      OR EXISTS (SELECT FROM response_fact f WHERE f.company_id = $1 AND f.operator_id = u.id)
      OR EXISTS (SELECT FROM conversation_fact f WHERE f.company_id = $1 AND f.operator_id = u.id))`,
  policy:
    "SELECT id::text AS key, name AS label FROM sla_policy WHERE company_id = $1 AND id::text = ANY($2)",
  rule: `SELECT DISTINCT ON (rule_id) rule_id AS key, rule_name AS label FROM wait_fact
    WHERE company_id = $1 AND rule_id = ANY($2) ORDER BY rule_id, at DESC`,
};
