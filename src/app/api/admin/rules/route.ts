import { PublishRulesBody } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { currentRules, publishRules } from "#services/escalation";

export const GET = route({ who: may("rules:read") }, ({ who }) => currentRules(who.companyId));
export const PUT = route({ who: may("rules:write"), body: PublishRulesBody }, async ({ who, body }) => {
  const published = await publishRules(who, body.rules, body);
  await noteInAudit(who, "rules.published", `version ${published.version}`);
  return published;
});
