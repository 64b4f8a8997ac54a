import { route } from "#http/route";
import { may } from "#http/who";
import { queueBoard } from "#services/handover";

export const GET = route({ who: may("desk:read") }, ({ who }) => queueBoard(who.companyId));
