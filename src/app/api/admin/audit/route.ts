import { AuditQuery } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { listAudit } from "#services/accounts";

export const GET = route({ who: may("audit:read"), query: AuditQuery }, ({ who, query }) =>
  listAudit(who, query),
);
