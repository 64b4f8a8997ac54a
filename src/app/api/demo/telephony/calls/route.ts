import { PracticeCall, PracticeCallBody } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceCall } from "#services/telephony";

export const POST = route(
  { who: person("conversations:write"), body: PracticeCallBody, answer: PracticeCall },
  ({ who, body }) => practiceCall(who, body.from),
);
