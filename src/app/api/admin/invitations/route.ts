import { InviteBody } from "#contracts/admin";
import { route } from "#http/route";
import { may, person } from "#http/who";
import { invite, listInvitations } from "#services/accounts";

export const GET = route({ who: may("members:write") }, async ({ who }) => ({
  invitations: await listInvitations(who),
}));
export const POST = route({ who: person("members:write"), body: InviteBody, status: 201 }, ({ who, body }) =>
  invite(who, body.email, body.role),
);
