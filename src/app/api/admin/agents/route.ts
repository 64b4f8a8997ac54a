import { CreateAgentBody } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { createAgent, listAgents } from "#services/accounts";

export const GET = route({ who: may("agents:read") }, async ({ who }) => ({ agents: await listAgents(who) }));
export const POST = route({ who: may("agents:write"), body: CreateAgentBody, status: 201 }, ({ who, body }) =>
  createAgent(who, body),
);
