import { RuleHistory, RuleHistoryQuery } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { ruleHistory } from "#services/escalation";

export const GET = route(
  { who: may("rules:read"), query: RuleHistoryQuery, answer: RuleHistory },
  ({ who, query }) => ruleHistory(who.companyId, query),
);
