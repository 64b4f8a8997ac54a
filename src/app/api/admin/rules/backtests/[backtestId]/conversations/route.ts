import { BacktestPath, ChangedPage, ChangedQuery } from "#contracts/backtests";
import { route } from "#http/route";
import { may } from "#http/who";
import { changedConversations } from "#services/escalation";

export const GET = route(
  { who: may("rules:read"), params: BacktestPath, query: ChangedQuery, answer: ChangedPage },
  ({ who, params, query }) => changedConversations(who.companyId, params.backtestId, query),
);
