import { ListQuery } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listConversations } from "#services/conversations";

export const GET = route({ who: operator, query: ListQuery }, ({ who, query }) =>
  listConversations(who, query),
);
