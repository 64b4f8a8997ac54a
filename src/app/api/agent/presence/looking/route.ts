import { LookingAnswer, LookingBody } from "#contracts/presence";
import { route } from "#http/route";
import { person } from "#http/who";
import { tellLooking } from "#services/notifications";

export const POST = route(
  { who: person(), body: LookingBody, answer: LookingAnswer },
  async ({ who, body }) => ({ status: await tellLooking(who.companyId, who.userId, body) }),
);
