import { AgentPath, SaveAgentBody } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { getAgent, saveAgent } from "#services/accounts";

export const GET = route({ who: may("agents:read"), params: AgentPath }, ({ who, params }) =>
  getAgent(who, params.agentId),
);
export const PATCH = route(
  { who: may("agents:write"), params: AgentPath, body: SaveAgentBody },
  ({ who, params, body }) => saveAgent(who, params.agentId, body),
);
