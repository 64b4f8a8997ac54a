import { DraftQuery, RuleDraft, SaveDraftBody } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { discardDraft, ruleDraft, saveDraft } from "#services/escalation";

export const GET = route({ who: may("rules:read"), answer: RuleDraft }, ({ who }) =>
  ruleDraft(who.companyId),
);
export const PUT = route(
  { who: may("rules:write"), body: SaveDraftBody, answer: RuleDraft },
  ({ who, body }) => saveDraft(who, body),
);
export const DELETE = route(
  { who: may("rules:write"), query: DraftQuery, answer: RuleDraft },
  ({ who, query }) => discardDraft(who, query.revision),
);
