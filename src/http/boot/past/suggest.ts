import type { Source } from "#contracts/conversation";
import { newId } from "#lib/ids";
import type { ToldSuggestion } from "#services/copilot";
import type { Chance } from "./chance.ts";

type Reply = Pick<ToldSuggestion, "conversationId" | "operatorId" | "topic" | "forSeq"> & {
  at: Date;
  messageId: string;
  text: string;
  source: Source | undefined;
};

/** What the co-pilot had to suggest for a reply, if anything: sent as it was, sent with changes, or passed over. */
export function suggest({ at, messageId, text, source, ...place }: Reply, chance: Chance): ToldSuggestion[] {
  if (!chance.of(0.66)) return [];
  const roll = chance.random();
  const suggested = wordsSuggested(text, roll);
  return [
    {
      ...place,
      suggestion: {
        id: newId(at.getTime()),
        kind: "model",
        emphasis: "direct",
        text: suggested,
        confidence: Math.round(chance.between(0.5, 0.92) * 100) / 100,
        sources: source === undefined ? [] : [source],
      },
      shownAt: new Date(at.getTime() - Math.round(chance.between(15, 60) * 1_000)),
      reply: { messageId, text, at, beganWithIt: roll < 0.74 },
    },
  ];
}

function wordsSuggested(reply: string, roll: number): string {
  if (roll < 0.41) return reply;
  const sentences = reply.split(/(?<=[.!?]) /);
  if (roll < 0.74 && sentences.length > 1)
    return [...sentences.slice(1), "Is there anything else I can do?"].join(" ");
  return "I am sorry for the trouble. Could you tell me your order number, please?";
}
