import { PracticeWords, PracticeWordsBody } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceWords } from "#services/telephony";

export const POST = route(
  { who: person("conversations:write"), body: PracticeWordsBody, answer: PracticeWords },
  ({ who, body }) => practiceWords(who, body.question),
);
