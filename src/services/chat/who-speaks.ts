import { read } from "#lib/db";
import type { Surroundings } from "./turn-facts.ts";

export type Agent = {
  name: string;
  instructions: string;
  language: string;
  version: number;
  allowed_origins: string[];
  company: string;
};

type Place = { companyId: string; conversationId: string; agentId: string };
type CustomerRow = Omit<Surroundings, "officeHours">;

const ofAgent = "a.name, a.instructions, a.language, a.version, a.allowed_origins, o.name AS company";
const agentWithCompany = "agent a JOIN company o ON o.id = a.company_id";

/** The agent that answers a conversation and what is known of its customer. Throws where either is gone. */
export async function whoSpeaks({
  companyId,
  conversationId,
  agentId,
}: Place): Promise<{ agent: Agent; customer: CustomerRow }> {
  const [row] = await read<Agent & CustomerRow>(
    companyId,
    `SELECT ${ofAgent}, k.language AS "customerLanguage", k.attributes
     FROM ${agentWithCompany}, conversation c JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id
     WHERE a.company_id = $1 AND a.id = $2 AND c.company_id = $1 AND c.id = $3`,
    [companyId, agentId, conversationId],
    { name: "who_speaks" },
  );
  if (row === undefined) throw new Error("The run's agent is gone.");
  const { customerLanguage, attributes, ...agent } = row;
  return { agent, customer: { customerLanguage, attributes } };
}

/** The agent that answers, with its company's name. Throws where it is gone. */
export async function findAgent({ companyId, agentId }: Omit<Place, "conversationId">): Promise<Agent> {
  const [agent] = await read<Agent>(
    companyId,
    `SELECT ${ofAgent} FROM ${agentWithCompany} WHERE a.company_id = $1 AND a.id = $2`,
    [companyId, agentId],
    { name: "turn_agent" },
  );
  if (agent === undefined) throw new Error("The run's agent is gone.");
  return agent;
}
