import { env } from "#lib/env";
import { answerTurn } from "#services/ai";
import { retrieve, warmCorpus } from "#services/knowledge";
import { configuredModel } from "./configured-model.ts";
import { findAgent } from "./who-speaks.ts";

/** What the assistant would answer to a first question; nothing is stored. */
export async function previewAnswer(
  place: { companyId: string; agentId: string },
  question: string,
): Promise<string> {
  const [agent] = await Promise.all([findAgent(place), warmCorpus(place)]);
  const answer = await answerTurn({
    agent: { id: place.agentId, name: agent.name, instructions: agent.instructions },
    companyName: agent.company,
    companyOrigins: [...agent.allowed_origins, new URL(env.PUBLIC_BASE_URL).origin],
    history: [],
    question,
    language: agent.language,
    knowledge: {
      search: (query, limit) => retrieve(place, { query, language: agent.language, limit }),
      url: (hit) => `${env.PUBLIC_BASE_URL}/help/${place.companyId}/${hit.slug}#${hit.anchor}`,
    },
    model: configuredModel(),
    signal: AbortSignal.timeout(30_000),
    emit: () => undefined,
  });
  return answer.text;
}
