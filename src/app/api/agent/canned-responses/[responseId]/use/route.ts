import { CannedPath } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { countCannedUse } from "#services/desk";

export const POST = route({ who: operator, params: CannedPath }, ({ who, params }) =>
  countCannedUse(who, params.responseId),
);
