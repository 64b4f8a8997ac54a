import { ReportQuery } from "#contracts/analytics";
import { route } from "#http/route";
import { operator } from "#http/who";
import { report } from "#services/analytics";

export const GET = route({ who: operator, query: ReportQuery }, ({ who, query }) => report(who, query));
