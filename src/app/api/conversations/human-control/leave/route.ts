import { HumanControl, LeaveBody } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { leaveAsHuman } from "#services/telephony";

export const POST = route({ who: operator, body: LeaveBody, answer: HumanControl }, ({ who, body }) =>
  leaveAsHuman(who, body),
);
