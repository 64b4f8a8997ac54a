import { ConnectionPath, PageQuery, UndeliveredPage } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { listUndelivered } from "#services/chat";

export const GET = route(
  { who: may("connections:read"), params: ConnectionPath, query: PageQuery, answer: UndeliveredPage },
  ({ who, params, query }) => listUndelivered(who, params.connectionId, query),
);
