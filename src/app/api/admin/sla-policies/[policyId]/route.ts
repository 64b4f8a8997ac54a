import { SlaPolicyBody, SlaPolicyPath } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { getPolicy, removePolicy, savePolicy } from "#services/handover";

export const GET = route({ who: may("desk:read"), params: SlaPolicyPath }, ({ who, params }) =>
  getPolicy(who.companyId, params.policyId),
);
export const PUT = route(
  { who: may("desk:write"), params: SlaPolicyPath, body: SlaPolicyBody },
  ({ who, params, body }) => savePolicy(who, params.policyId, body),
);
export const DELETE = route({ who: may("desk:write"), params: SlaPolicyPath }, ({ who, params }) =>
  removePolicy(who, params.policyId),
);
