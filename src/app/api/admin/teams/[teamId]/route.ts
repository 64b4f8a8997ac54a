import { SaveTeamBody, TeamPath } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { getTeam, removeTeam, saveTeam } from "#services/handover";

export const GET = route({ who: may("desk:read"), params: TeamPath }, ({ who, params }) =>
  getTeam(who.companyId, params.teamId),
);
export const PATCH = route(
  { who: may("desk:write"), params: TeamPath, body: SaveTeamBody },
  ({ who, params, body }) => saveTeam(who, params.teamId, body),
);
export const DELETE = route({ who: may("desk:write"), params: TeamPath }, ({ who, params }) =>
  removeTeam(who, params.teamId),
);
