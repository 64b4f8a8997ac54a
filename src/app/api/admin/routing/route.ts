import { SaveRoutingBody } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { getRouting, saveRouting } from "#services/handover";

export const GET = route({ who: may("desk:read") }, ({ who }) => getRouting(who.companyId));
export const PUT = route({ who: may("desk:write"), body: SaveRoutingBody }, ({ who, body }) =>
  saveRouting(who, body),
);
