import { LeadBody, LeadPath, LeadView } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { changeLead, findLead } from "#services/telephony";

export const GET = route({ who: operator, params: LeadPath, answer: LeadView }, ({ who, params }) =>
  findLead(who, params),
);

export const PATCH = route(
  { who: operator, params: LeadPath, body: LeadBody, answer: LeadView },
  ({ who, params, body }) => changeLead(who, params.leadId, body),
);
