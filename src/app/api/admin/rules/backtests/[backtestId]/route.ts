import { BacktestPath, BacktestView } from "#contracts/backtests";
import { route } from "#http/route";
import { may } from "#http/who";
import { cancelBacktest, findBacktest } from "#services/escalation";

export const GET = route(
  { who: may("rules:read"), params: BacktestPath, answer: BacktestView },
  ({ who, params }) => findBacktest(who.companyId, params.backtestId),
);
export const DELETE = route(
  { who: may("rules:write"), params: BacktestPath, answer: BacktestView },
  ({ who, params }) => cancelBacktest(who.companyId, params.backtestId),
);
