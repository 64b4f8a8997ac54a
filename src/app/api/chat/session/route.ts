import { OpenSessionBody } from "#contracts/chat";
import { preflight } from "#http/cors";
import { bearerToken, foreignOrigin, openingCors, ownOrigin } from "#http/customer";
import { anyone, route } from "#http/route";
import { openSession } from "#services/chat";
import { limit } from "#services/rate-limit";

export const POST = route(
  {
    who: anyone,
    body: OpenSessionBody,
    admit: (_, { ip }) => limit({ ip }),
    cors: openingCors,
    status: 201,
  },
  ({ body, request, ip }) =>
    openSession(body, {
      token: bearerToken(request),
      origin: foreignOrigin(request),
      ownOrigin: ownOrigin(request),
      userAgent: request.headers.get("user-agent"),
      admitNew: () => limit({ openSession: ip }),
    }),
);

export const OPTIONS = preflight(openingCors);
