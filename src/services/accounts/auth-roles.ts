import { createAccessControl } from "better-auth/plugins/access";

// What better-auth's own organization endpoints would ask for. Members, invitations and companies are changed by
// this room's services only (audited, last owner kept), so no role gets any of these rights.
const access = createAccessControl({ organization: ["update"] });

/** The three roles of a company, as the organization plugin wants them. */
export const companyRoles = {
  ac: access,
  creatorRole: "owner",
  roles: {
    owner: access.newRole({ organization: [] }),
    admin: access.newRole({ organization: [] }),
    operator: access.newRole({ organization: [] }),
  },
} as const;
