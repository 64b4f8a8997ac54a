import { route } from "#http/route";
import { operator } from "#http/who";
import { filterChoices } from "#services/analytics";

export const GET = route({ who: operator }, ({ who }) => filterChoices(who));
