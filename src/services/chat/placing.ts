import { skillWord } from "#contracts/desk";
import type { EscalationRule, RuleSet } from "#contracts/escalation";
import { read } from "#lib/db";
import type { AttributesChange, ConversationRecord } from "#services/conversations";
import { currentRules, knownTeams } from "#services/escalation";

/**
 * What a conversation carries into the queue: the first team that the rules which called name, the skills of all of them,
 * and the language spoken.
 */
export async function placing(
  conversation: ConversationRecord,
  rules: (EscalationRule | undefined)[],
  language: string | undefined,
): Promise<AttributesChange | undefined> {
  const change: AttributesChange = {
    ...(conversation.language === undefined && language !== undefined && { language }),
    ...(await routeOf(conversation, rules)),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The rule under which a person was offered last, where it is still among the rules. */
export async function offeringRule({
  companyId,
  id,
  offered,
}: ConversationRecord): Promise<EscalationRule | undefined> {
  if (!offered) return undefined;
  const [[row], { rules }] = await Promise.all([
    read<{ rule_id: string | null }>(
      companyId,
      `SELECT rule_id FROM decision WHERE company_id = $1 AND conversation_id = $2 AND outcome = 'offer'
       ORDER BY seq DESC, created_at DESC LIMIT 1`,
      [companyId, id],
    ),
    currentRules(companyId),
  ]);
  return ruleOf({ rules }, row?.rule_id ?? undefined);
}

/** The rule of an id in a rule set. */
export function ruleOf(
  { rules }: Pick<RuleSet, "rules">,
  id: string | undefined,
): EscalationRule | undefined {
  return id === undefined ? undefined : rules.find((rule) => rule.id === id);
}

async function routeOf(
  { companyId, skills }: ConversationRecord,
  rules: (EscalationRule | undefined)[],
): Promise<AttributesChange> {
  const routes = rules.flatMap((rule) => rule?.route ?? []);
  const teamId = routes.find((route) => route.teamId !== undefined)?.teamId;
  const words = routes.flatMap((route) =>
    route.skills.map(({ name, level = 1 }) => skillWord({ name, level })),
  );
  // A team that is gone since sends to everyone.
  const there = teamId !== undefined && (await knownTeams(companyId)).has(teamId);
  return {
    ...(there && { teamId }),
    ...(words.length > 0 && { skills: [...new Set([...skills, ...words])] }),
  };
}
