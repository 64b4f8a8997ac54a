import { AcceptInvitationBody } from "#contracts/accounts";
import { InvitationPath } from "#contracts/admin";
import { route } from "#http/route";
import { withCookies } from "#http/set-cookies";
import { visitor } from "#http/who";
import { acceptInvitation, signedInUser } from "#services/accounts";
import { limit } from "#services/rate-limit";

export const POST = route(
  {
    who: visitor,
    params: InvitationPath,
    body: AcceptInvitationBody,
    admit: (_, { ip }) => limit({ signIn: ip }),
  },
  async ({ params, body, request }) => {
    const cookies = await acceptInvitation(params.invitationId, body, await signedInUser(request.headers));
    return withCookies({ accepted: true }, cookies, 200);
  },
);
