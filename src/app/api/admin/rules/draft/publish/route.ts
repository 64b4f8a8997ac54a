import { RuleSet } from "#contracts/escalation";
import { PublishDraftBody } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { publishDraft } from "#services/escalation";

export const POST = route(
  { who: may("rules:write"), body: PublishDraftBody, answer: RuleSet },
  async ({ who, body }) => {
    const published = await publishDraft(who, body);
    await noteInAudit(who, "rules.published", `version ${published.version}`);
    return published;
  },
);
