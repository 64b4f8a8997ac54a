import { CheckReport } from "#contracts/channel";
import { ConnectionPath } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { setupConnection } from "#services/connections";

export const POST = route(
  { who: may("connections:write"), params: ConnectionPath, answer: CheckReport },
  ({ who, params }) => setupConnection(who, params.connectionId),
);
