import { PracticeAnswerBody } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceAnswer } from "#services/telephony";

export const POST = route({ who: person("conversations:write"), body: PracticeAnswerBody }, ({ who, body }) =>
  practiceAnswer(who, body),
);
