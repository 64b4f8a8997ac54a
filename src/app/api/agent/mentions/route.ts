import { MentionPage, MentionsQuery } from "#contracts/desk-tools";
import { route } from "#http/route";
import { person } from "#http/who";
import { listMentions } from "#services/desk";

export const GET = route({ who: person(), query: MentionsQuery, answer: MentionPage }, ({ who, query }) =>
  listMentions(who, query),
);
