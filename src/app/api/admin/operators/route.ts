import { route } from "#http/route";
import { may } from "#http/who";
import { listDeskOperators } from "#services/handover";

export const GET = route({ who: may("desk:read") }, async ({ who }) => ({
  operators: await listDeskOperators(who.companyId),
}));
