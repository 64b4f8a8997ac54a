import { ChangeRoleBody, MemberPath } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { changeRole, removeMember } from "#services/accounts";

export const PATCH = route(
  { who: may("members:write"), params: MemberPath, body: ChangeRoleBody },
  ({ who, params, body }) => changeRole(who, params.userId, body.role),
);
export const DELETE = route({ who: may("members:write"), params: MemberPath }, ({ who, params }) =>
  removeMember(who, params.userId),
);
