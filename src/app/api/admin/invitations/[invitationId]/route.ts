import { InvitationPath } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { revokeInvitation } from "#services/accounts";

export const DELETE = route({ who: may("members:write"), params: InvitationPath }, ({ who, params }) =>
  revokeInvitation(who, params.invitationId),
);
