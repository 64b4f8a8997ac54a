import { PracticeLine } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { makePracticeLine } from "#services/telephony";

export const POST = route({ who: person("connections:write"), answer: PracticeLine }, ({ who }) =>
  makePracticeLine(who),
);
