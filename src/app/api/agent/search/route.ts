import { SearchPage, SearchQuery } from "#contracts/search";
import { route } from "#http/route";
import { operator } from "#http/who";
import { search } from "#services/conversations";

export const GET = route({ who: operator, query: SearchQuery, answer: SearchPage }, ({ who, query }) =>
  search(who, query),
);
