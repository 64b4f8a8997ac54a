import { OperatorDeskBody, OperatorPath } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { getDeskOperator, saveDeskOperator } from "#services/handover";

export const GET = route({ who: may("desk:read"), params: OperatorPath }, ({ who, params }) =>
  getDeskOperator(who.companyId, params.userId),
);
export const PUT = route(
  { who: may("desk:write"), params: OperatorPath, body: OperatorDeskBody },
  ({ who, params, body }) => saveDeskOperator(who, params.userId, body),
);
