import { PracticeCall, PracticeRingingQuery } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceRinging } from "#services/telephony";

export const GET = route(
  { who: person(), query: PracticeRingingQuery, answer: PracticeCall },
  ({ who, query }) => practiceRinging(who, query.number),
);
