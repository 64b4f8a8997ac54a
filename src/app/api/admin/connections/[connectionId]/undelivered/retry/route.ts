import { ConnectionPath } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { retryAll } from "#services/chat";

export const POST = route({ who: may("conversations:write"), params: ConnectionPath }, ({ who, params }) =>
  retryAll(who, params.connectionId),
);
