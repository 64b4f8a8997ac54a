import { OutboundCallAnswer, OutboundCallBody } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { requestCall } from "#services/telephony";

export const POST = route(
  { who: operator, body: OutboundCallBody, answer: OutboundCallAnswer, status: 201 },
  ({ who, body }) => requestCall(who, body),
);
