import { TeamBody } from "#contracts/desk";
import { route } from "#http/route";
import { may } from "#http/who";
import { createTeam, listTeams } from "#services/handover";

export const GET = route({ who: may("desk:read") }, async ({ who }) => ({
  teams: await listTeams(who.companyId),
}));
export const POST = route({ who: may("desk:write"), body: TeamBody, status: 201 }, ({ who, body }) =>
  createTeam(who, body),
);
