import type { AgentCard } from "#contracts/chat";
import { read } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { sweepAgent } from "#lib/sweeps";

type Row = {
  name: string;
  company: string;
  greeting: string;
  suggestions: string[];
  color: string;
  topics: string[];
};

/** What a chat window shows of an agent before the first word. */
export async function agentCard(companyId: string, agentId: string): Promise<AgentCard> {
  const [row] = await read<Row>(
    companyId,
    `SELECT a.name, c.name AS company, a.greeting, a.suggestions, a.color, a.topics
     FROM agent a JOIN company c ON c.id = a.company_id WHERE a.company_id = $1 AND a.id = $2`,
    [companyId, agentId],
  );
  if (row === undefined) throw new AppError("not_found", "This assistant does not exist.");
  return {
    id: agentId,
    name: row.name,
    companyName: row.company,
    greeting: row.greeting,
    suggestions: row.suggestions,
    color: row.color,
    topics: row.topics,
    model: env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== undefined,
  };
}

/** What the frame of an agent's chat needs: who may embed it, and its card; undefined for an unknown agent. */
export async function agentFrame(
  agentId: string,
): Promise<{ allowedOrigins: string[]; card: AgentCard } | undefined> {
  const agent = await sweepAgent(agentId);
  if (agent === undefined) return undefined;
  return { allowedOrigins: agent.allowedOrigins, card: await agentCard(agent.companyId, agentId) };
}
