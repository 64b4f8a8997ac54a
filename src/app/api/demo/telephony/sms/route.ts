import { PracticeSmsBody } from "#contracts/practice";
import { route } from "#http/route";
import { person } from "#http/who";
import { practiceSms } from "#services/telephony";

export const POST = route({ who: person("conversations:write"), body: PracticeSmsBody }, ({ who, body }) =>
  practiceSms(who, body),
);
