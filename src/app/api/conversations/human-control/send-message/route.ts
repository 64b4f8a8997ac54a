import { HumanMessageAnswer, HumanMessageBody } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { sendAsHuman } from "#services/telephony";

export const POST = route(
  { who: operator, body: HumanMessageBody, answer: HumanMessageAnswer, status: 201 },
  ({ who, body }) => sendAsHuman(who, body),
);
