import { CompareQuery, RuleVersionDetail, VersionPath } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { ruleVersion } from "#services/escalation";

export const GET = route(
  { who: may("rules:read"), params: VersionPath, query: CompareQuery, answer: RuleVersionDetail },
  ({ who, params, query }) => ruleVersion(who.companyId, params.version, query.against),
);
