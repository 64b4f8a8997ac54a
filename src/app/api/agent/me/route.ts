import { route } from "#http/route";
import { person } from "#http/who";
import { whoAmI } from "#services/accounts";

export const GET = route({ who: person() }, ({ who }) => whoAmI(who));
