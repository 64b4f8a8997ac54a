import { ConnectionPath, TestBody, TestReport } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { testConnection } from "#services/webhooks";

export const POST = route(
  { who: may("connections:write"), params: ConnectionPath, body: TestBody, answer: TestReport },
  ({ who, params, body }) => testConnection(who, params.connectionId, body.text),
);
