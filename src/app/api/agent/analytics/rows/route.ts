import { RowsQuery } from "#contracts/analytics";
import { route } from "#http/route";
import { operator } from "#http/who";
import { factRows } from "#services/analytics";

export const GET = route({ who: operator, query: RowsQuery }, ({ who, query }) => factRows(who, query));
