import type { AskAnswer } from "#contracts/copilot";
import { toSource } from "#services/ai";
import { findConversation, type Reader } from "#services/conversations";
import { retrievalConfidence } from "#services/knowledge";
import { houseOf, knowledgeOf } from "./setting.ts";

const mostPassages = 5;

/** The passages of the articles that speak to an operator's question, with their sources. Throws `not_found`. */
export async function askKnowledge(
  who: Reader,
  conversationId: string,
  question: string,
): Promise<AskAnswer> {
  const { agentId } = await findConversation(who, conversationId);
  const { agent } = await houseOf(who, agentId);
  const { search, url } = knowledgeOf(who, agent.language);
  const hits = await search(question, mostPassages);
  return {
    confidence: retrievalConfidence(question, hits).value,
    passages: hits.map((hit, index) => ({ source: toSource(hit, index + 1, url(hit)), text: hit.text })),
  };
}
