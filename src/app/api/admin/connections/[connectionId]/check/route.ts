import { CheckReport } from "#contracts/channel";
import { ConnectionPath } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { checkConnection } from "#services/connections";

export const POST = route(
  { who: may("connections:write"), params: ConnectionPath, answer: CheckReport },
  ({ who, params }) => checkConnection(who, params.connectionId),
);
