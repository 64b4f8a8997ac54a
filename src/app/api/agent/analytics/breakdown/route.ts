import { BreakdownQuery } from "#contracts/analytics";
import { route } from "#http/route";
import { operator } from "#http/who";
import { breakdown } from "#services/analytics";

export const GET = route({ who: operator, query: BreakdownQuery }, ({ who, query }) => breakdown(who, query));
