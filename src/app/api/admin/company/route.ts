import { RenameCompanyBody } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { getCompany, renameCompany } from "#services/accounts";

export const GET = route({ who: may("members:read") }, ({ who }) => getCompany(who));
export const PATCH = route({ who: may("company:write"), body: RenameCompanyBody }, ({ who, body }) =>
  renameCompany(who, body.name),
);
