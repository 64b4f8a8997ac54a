import { ConnectionPath, PageQuery, QuarantinePage } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { listQuarantine } from "#services/webhooks";

export const GET = route(
  { who: may("connections:read"), params: ConnectionPath, query: PageQuery, answer: QuarantinePage },
  ({ who, params, query }) => listQuarantine(who, params.connectionId, query),
);
