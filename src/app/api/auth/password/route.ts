import { ChangePasswordBody } from "#contracts/accounts";
import { route } from "#http/route";
import { person } from "#http/who";
import { changePassword } from "#services/accounts";
import { limit } from "#services/rate-limit";

export const POST = route(
  { who: person(), body: ChangePasswordBody, admit: (who) => limit({ signInEmail: who.userId }) },
  ({ who, body }) => changePassword(who, body),
);
