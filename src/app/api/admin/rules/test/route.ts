import { TestedRules, TestRulesBody } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { testRules } from "#services/escalation";

export const POST = route(
  { who: may("rules:read"), body: TestRulesBody, answer: TestedRules },
  ({ who, body }) => testRules(who.companyId, body),
);
