import { LeadPage, LeadQuery } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listLeads } from "#services/telephony";

export const GET = route({ who: operator, query: LeadQuery, answer: LeadPage }, ({ who, query }) =>
  listLeads(who, query),
);
