import { PracticeEndBody } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceEnd } from "#services/telephony";

export const POST = route({ who: person("conversations:write"), body: PracticeEndBody }, ({ who, body }) =>
  practiceEnd(who, body),
);
