import { SetupBody } from "#contracts/accounts";
import { route } from "#http/route";
import { withCookies } from "#http/set-cookies";
import { visitor } from "#http/who";
import { setUp } from "#services/accounts";
import { limit } from "#services/rate-limit";

export const POST = route(
  { who: visitor, body: SetupBody, admit: (_, { ip }) => limit({ signIn: ip }) },
  async ({ body }) => {
    const { done, cookies } = await setUp(body);
    return withCookies(done, cookies, 201);
  },
);
