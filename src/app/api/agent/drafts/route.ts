import { DraftList, DraftsQuery } from "#contracts/drafts";
import { route } from "#http/route";
import { person } from "#http/who";
import { listDrafts } from "#services/desk";

export const GET = route(
  { who: person(), query: DraftsQuery, answer: DraftList },
  async ({ who, query }) => ({ drafts: await listDrafts(who, query.limit) }),
);
