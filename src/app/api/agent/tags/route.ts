import { TagList, TagsQuery } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listTags } from "#services/conversations";

export const GET = route({ who: operator, query: TagsQuery, answer: TagList }, ({ who, query }) =>
  listTags(who, query),
);
