import { HeatmapQuery } from "#contracts/analytics";
import { route } from "#http/route";
import { operator } from "#http/who";
import { heatmap } from "#services/analytics";

export const GET = route({ who: operator, query: HeatmapQuery }, ({ who, query }) => heatmap(who, query));
