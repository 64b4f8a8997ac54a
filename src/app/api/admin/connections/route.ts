import { ConnectionCreated, ConnectionList, CreateConnectionBody } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { createConnection, listConnections, platformCards } from "#services/connections";

export const GET = route({ who: may("connections:read"), answer: ConnectionList }, async ({ who }) => ({
  connections: await listConnections(who),
  platforms: platformCards(),
}));

export const POST = route(
  { who: may("connections:write"), body: CreateConnectionBody, status: 201, answer: ConnectionCreated },
  ({ who, body }) => createConnection(who, body),
);
