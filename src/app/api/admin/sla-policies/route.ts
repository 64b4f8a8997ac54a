import { SlaPolicyBody } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { createPolicy, listPolicies } from "#services/handover";

export const GET = route({ who: may("desk:read") }, async ({ who }) => ({
  policies: await listPolicies(who.companyId),
}));
export const POST = route({ who: may("desk:write"), body: SlaPolicyBody, status: 201 }, ({ who, body }) =>
  createPolicy(who, body),
);
