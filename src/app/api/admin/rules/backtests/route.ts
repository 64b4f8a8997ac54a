import { AskBacktestBody, BacktestPage, BacktestsQuery, BacktestView } from "#contracts/backtests";
import { route } from "#http/route";
import { may } from "#http/who";
import { askBacktest, listBacktests } from "#services/escalation";

export const GET = route(
  { who: may("rules:read"), query: BacktestsQuery, answer: BacktestPage },
  ({ who, query }) => listBacktests(who.companyId, query),
);
export const POST = route(
  { who: may("rules:write"), body: AskBacktestBody, answer: BacktestView, status: 201 },
  ({ who, body }) => askBacktest(who, body),
);
