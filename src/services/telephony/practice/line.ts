import { z } from "zod";
import type { PracticeLine } from "#contracts/practice";
import { sameText } from "#lib/crypto";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { newToken } from "#lib/ids";
import { getCompany, listAgents, type Who } from "#services/accounts";
import { practice } from "#services/channels";
import {
  createConnection,
  type OpenConnection,
  openConnection,
  removeConnection,
} from "#services/connections";

const Config = z.object({
  accountSid: z.string(),
  from: z.string(),
  authToken: z.string(),
  voiceAgentId: z.string(),
  voicePhoneNumberId: z.string(),
  voiceApiKey: z.string(),
  voicePostCallSecret: z.string(),
  voiceInitiationSecret: z.string(),
});

/** A line for practice with its secrets: never to be logged or answered. */
export type OpenLine = Omit<OpenConnection, "config"> & { config: z.infer<typeof Config> };

/** A number of those that are given to nobody. */
const number = "+12065550100";

/** The demo company's line for practice; undefined before it is made, and in every other company. */
export async function practiceLine(who: Who): Promise<PracticeLine | undefined> {
  const line = await findLine(who.companyId);
  if (line === undefined) return undefined;
  const agent = { id: line.agentId, name: await agentName(line) };
  return { connectionId: line.id, number: line.config.from, agent };
}

/** Makes the demo company's line for practice, once. Throws `not_found` in every other company, and `conflict` for a line that was spoilt. */
export async function makePracticeLine(who: Who): Promise<PracticeLine> {
  const { demo } = await getCompany(who);
  if (!demo) throw new AppError("not_found", "Only the demo company has a phone line for practice.");
  const there = await practiceLine(who);
  if (there !== undefined) return there;
  if ((await lineId(who.companyId)) !== undefined) {
    const words =
      "Settings of the practice line were taken away. Remove it under Channels, and set it up again.";
    throw new AppError("conflict", words);
  }
  const [agent] = await listAgents(who);
  if (agent === undefined) throw new AppError("conflict", "There is no agent that could answer.");
  const { connection } = await createConnection(who, {
    channel: "sms",
    name: "Practice phone line",
    agentId: agent.id,
    settings: {
      ...practice,
      from: number,
      authToken: newToken(),
      voicePhoneNumberId: "phnum_practice",
      voiceApiKey: newToken(),
      voicePostCallSecret: newToken(),
      voiceInitiationSecret: newToken(),
    },
  });
  const line = await openLine(who);
  // Of two that are made at once the first stays.
  if (line.id !== connection.id) await removeConnection(who, connection.id);
  return { connectionId: line.id, number, agent: { id: agent.id, name: agent.name } };
}

/** The line for practice, open. Throws `not_found` where there is none. */
export async function openLine({ companyId }: Pick<Who, "companyId">): Promise<OpenLine> {
  const line = await findLine(companyId);
  if (line === undefined) throw new AppError("not_found", "There is no phone line for practice.");
  return line;
}

/** By what name the line's assistant speaks. */
export async function agentName({ companyId, agentId }: OpenLine): Promise<string> {
  const agents = await listAgents({ kind: "system", companyId });
  return agents.find(({ id }) => id === agentId)?.name ?? "the assistant";
}

/** Whether somebody shows this secret of the demo company's line, as its platforms ask it of us. */
export function shows(line: OpenLine, secret: "authToken" | "voiceApiKey", given: string | null): boolean {
  return sameText(given, line.config[secret]);
}

async function findLine(companyId: string): Promise<OpenLine | undefined> {
  const id = await lineId(companyId);
  if (id === undefined) return undefined;
  const line = await openConnection(companyId, id);
  const { data: config } = Config.safeParse(line.config);
  return config && { ...line, config };
}

async function lineId(companyId: string): Promise<string | undefined> {
  const [row] = await read<{ id: string }>(
    companyId,
    `SELECT id FROM connection
     WHERE company_id = $1 AND channel = 'sms' AND settings->>'accountSid' = $2
       AND EXISTS (SELECT FROM company WHERE id = $1 AND demo)
     ORDER BY created_at, id LIMIT 1`,
    [companyId, practice.accountSid],
  );
  return row?.id;
}
