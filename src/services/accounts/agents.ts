import type { AgentView, CreateAgentBody, SaveAgentBody } from "#contracts/admin";
import { systemClock } from "#lib/clock";
import { type Tx, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Agent } from "#prisma";
import { audit } from "./audit.ts";
import { identityQuery } from "./identity-database.ts";
import { must } from "./permissions.ts";
import type { Who } from "./who.ts";

/** Adds an AI agent to the company. */
export async function createAgent(who: Who, body: CreateAgentBody): Promise<AgentView> {
  must(who, "agents:write");
  return withCompany(who.companyId, (tx) => addAgent(tx, who, body));
}

/** Adds an AI agent within a transaction that does more. */
export async function addAgent(tx: Tx, who: Who, body: CreateAgentBody): Promise<AgentView> {
  const agent = await tx.agent.create({
    data: { ...body, allowedOrigins: unique(body.allowedOrigins), id: newId(), companyId: who.companyId },
  });
  await audit(tx, who, "agent.created", agent.id, { name: agent.name });
  return toView(agent);
}

/** Changes what is said of an AI agent. Throws `conflict` if somebody else saved since the caller read it. */
export async function saveAgent(who: Who, agentId: string, body: SaveAgentBody): Promise<AgentView> {
  must(who, "agents:write");
  const { version, ...said } = body;
  const changes = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return withCompany(who.companyId, async (tx) => {
    await find(tx, who, agentId);
    const { count } = await tx.agent.updateMany({
      where: { companyId: who.companyId, id: agentId, ...(version === undefined ? {} : { version }) },
      data: {
        ...changes,
        ...(body.allowedOrigins === undefined ? {} : { allowedOrigins: unique(body.allowedOrigins) }),
        version: { increment: 1 },
        updatedAt: systemClock.now(),
      },
    });
    if (count === 0)
      throw new AppError(
        "conflict",
        "Somebody else saved this agent in the meantime. Reload to see their changes.",
      );
    await audit(tx, who, "agent.saved", agentId, { fields: Object.keys(changes) });
    return toView(await find(tx, who, agentId));
  });
}

/** The company's AI agents, oldest first. */
export async function listAgents(who: Who): Promise<AgentView[]> {
  must(who, "agents:read");
  return withCompany(who.companyId, async (tx) => {
    const rows = await tx.agent.findMany({
      where: { companyId: who.companyId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    return rows.map(toView);
  });
}

/** One AI agent of the company. */
export async function getAgent(who: Who, agentId: string): Promise<AgentView> {
  must(who, "agents:read");
  return withCompany(who.companyId, async (tx) => toView(await find(tx, who, agentId)));
}

/** The agent that the demo page embeds, if the demo company is there. */
export async function demoAgentId(): Promise<string | undefined> {
  const companyId = await demoCompanyId();
  if (companyId === undefined) return undefined;
  return withCompany(companyId, async (tx) => {
    const agent = await tx.agent.findFirst({
      where: { companyId },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    return agent?.id;
  });
}

/** The line of HTML that puts an agent's chat on a page, with its button in the agent's colour from the start. */
function embedSnippet({ id, color }: Pick<Agent, "id" | "color">): string {
  return `<script async src="${env.PUBLIC_BASE_URL}/widget/loader.js" data-agent="${id}" data-color="${color}"></script>`;
}

/** The demo company, if it was made. */
export async function demoCompanyId(): Promise<string | undefined> {
  const [row] = await identityQuery<{ id: string }>(
    "SELECT id FROM company WHERE demo ORDER BY created_at LIMIT 1",
    [],
  );
  return row?.id;
}

async function find(tx: Tx, who: Who, agentId: string): Promise<Agent> {
  const agent = await tx.agent.findFirst({ where: { companyId: who.companyId, id: agentId } });
  if (agent === null) throw new AppError("not_found", "There is no such agent.");
  return agent;
}

function unique(origins: string[]): string[] {
  return [...new Set(origins)];
}

function toView({ companyId: _, createdAt, updatedAt, ...agent }: Agent): AgentView {
  return {
    ...agent,
    embed: embedSnippet(agent),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
