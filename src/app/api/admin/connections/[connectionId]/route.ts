import { ConnectionPath, ConnectionView, SaveConnectionBody } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { getConnection, removeConnection, saveConnection } from "#services/connections";

export const GET = route(
  { who: may("connections:read"), params: ConnectionPath, answer: ConnectionView },
  ({ who, params }) => getConnection(who, params.connectionId),
);

export const PATCH = route(
  {
    who: may("connections:write"),
    params: ConnectionPath,
    body: SaveConnectionBody,
    answer: ConnectionView,
  },
  ({ who, params, body }) => saveConnection(who, params.connectionId, body),
);

export const DELETE = route({ who: may("connections:write"), params: ConnectionPath }, ({ who, params }) =>
  removeConnection(who, params.connectionId),
);
