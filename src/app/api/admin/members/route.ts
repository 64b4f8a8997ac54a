import { route } from "#http/route";
import { may } from "#http/who";
import { listMembers } from "#services/accounts";

export const GET = route({ who: may("members:read") }, async ({ who }) => ({
  members: await listMembers(who),
}));
