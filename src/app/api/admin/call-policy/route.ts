import { CallPolicy } from "#contracts/telephony";
import { route } from "#http/route";
import { may } from "#http/who";
import { getCallPolicy, saveCallPolicy } from "#services/telephony";

export const GET = route({ who: may("desk:read"), answer: CallPolicy }, ({ who }) => getCallPolicy(who));
export const PUT = route({ who: may("desk:write"), body: CallPolicy, answer: CallPolicy }, ({ who, body }) =>
  saveCallPolicy(who, body),
);
