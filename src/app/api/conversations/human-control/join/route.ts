import { HumanControl, JoinBody } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { joinAsHuman } from "#services/telephony";

export const POST = route({ who: operator, body: JoinBody, answer: HumanControl }, ({ who, body }) =>
  joinAsHuman(who, body),
);
