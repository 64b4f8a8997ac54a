import { route } from "#http/route";
import { operator } from "#http/who";
import { listOperators } from "#services/accounts";
import { wall } from "#services/analytics";
import { withPresence } from "#services/notifications";

export const GET = route({ who: operator }, async ({ who }) =>
  wall(who, withPresence(who.companyId, await listOperators(who.companyId))),
);
