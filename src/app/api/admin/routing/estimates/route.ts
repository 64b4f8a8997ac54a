import { route } from "#http/route";
import { may } from "#http/who";
import { estimateReport } from "#services/handover";

export const GET = route({ who: may("desk:read") }, ({ who }) => estimateReport(who.companyId));
