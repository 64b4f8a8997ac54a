import { RowsTableQuery } from "#contracts/analytics";
import { attachedCsv } from "#http/attached";
import { route } from "#http/route";
import { operator } from "#http/who";
import { env } from "#lib/env";
import { rowsCsv } from "#services/analytics";

export const GET = route({ who: operator, query: RowsTableQuery }, async ({ who, query }) =>
  attachedCsv(await rowsCsv(who, query, { baseUrl: env.PUBLIC_BASE_URL }), `${query.number}.csv`),
);
