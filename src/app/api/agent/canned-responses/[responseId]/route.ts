import { CannedBody, CannedPath, CannedResponse } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { changeCanned, removeCanned } from "#services/desk";

export const PUT = route(
  { who: operator, params: CannedPath, body: CannedBody, answer: CannedResponse },
  ({ who, params, body }) => changeCanned(who, params.responseId, body),
);

export const DELETE = route({ who: operator, params: CannedPath }, ({ who, params }) =>
  removeCanned(who, params.responseId),
);
