import { PlatformName } from "#contracts/channel";
import type { MessageView } from "#contracts/conversation";
import type { PassageHit } from "#contracts/knowledge";
import { read } from "#lib/db";
import { env } from "#lib/env";
import { channelOf } from "#services/channels";
import {
  type ConversationRecord,
  findConversation,
  messagesBefore,
  type Reader,
} from "#services/conversations";
import { retrieve, warmCorpus } from "#services/knowledge";
import { type Turn, turnOf } from "./turn.ts";

/** Whose words, rules and articles the co-pilot goes by. */
export type House = {
  agent: { id: string; name: string; instructions: string; language: string };
  companyName: string;
  /** The origins that a reply may link to. */
  origins: string[];
};

/** All that help with one conversation rests on. */
export type Setting = {
  conversation: ConversationRecord;
  house: House;
  messages: MessageView[];
  turn: Turn | undefined;
  /** The most characters that one message may have where the customer reads it. */
  maxLength: number;
  knowledge: { search(query: string, limit: number): Promise<PassageHit[]>; url(hit: PassageHit): string };
};

/** Reads what help with a conversation rests on. Throws `not_found` for what the company does not have. */
export async function settingOf(who: Reader, conversationId: string): Promise<Setting> {
  const conversation = await findConversation(who, conversationId);
  const [house, { messages }] = await Promise.all([
    houseOf(who, conversation.agentId),
    messagesBefore(who, conversationId, { limit: 50, audience: "all" }),
    warmCorpus(who),
  ]);
  return {
    conversation,
    house,
    messages,
    turn: turnOf(messages, conversation.state),
    maxLength: maxLengthOf(conversation),
    knowledge: knowledgeOf(who, house.agent.language),
  };
}

/** An agent with its company. Throws where it is gone. */
export async function houseOf({ companyId }: Reader, agentId: string): Promise<House> {
  const [row] = await read<AgentRow>(
    companyId,
    `SELECT a.id, a.name, a.instructions, a.language, a.allowed_origins AS origins, c.name AS "companyName"
     FROM agent a JOIN company c ON c.id = a.company_id WHERE a.company_id = $1 AND a.id = $2`,
    [companyId, agentId],
  );
  if (row === undefined) throw new Error("The conversation's agent is gone.");
  const { companyName, origins, ...agent } = row;
  return { agent, companyName, origins: [...origins, new URL(env.PUBLIC_BASE_URL).origin] };
}

/** The company's articles, as answers search and cite them. */
export function knowledgeOf({ companyId }: Reader, language: string): Setting["knowledge"] {
  return {
    search: (query, limit) => retrieve({ companyId }, { query, language, limit }),
    url: ({ slug, anchor }) => `${env.PUBLIC_BASE_URL}/help/${companyId}/${slug}#${anchor}`,
  };
}

type AgentRow = House["agent"] & { companyName: string; origins: string[] };

const longestInWebChat = 8_000;

function maxLengthOf({ channel }: ConversationRecord): number {
  const platform = PlatformName.safeParse(channel);
  return platform.success ? channelOf(platform.data).can.maxLength : longestInWebChat;
}
