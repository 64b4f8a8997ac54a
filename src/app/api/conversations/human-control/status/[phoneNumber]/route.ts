import { ControlPath, HumanControl } from "#contracts/telephony";
import { route } from "#http/route";
import { operator } from "#http/who";
import { humanControl } from "#services/telephony";

export const GET = route({ who: operator, params: ControlPath, answer: HumanControl }, ({ who, params }) =>
  humanControl(who, params),
);
