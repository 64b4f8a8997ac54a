import type { Suggestion } from "#contracts/copilot";
import type { Tx } from "#lib/db";
import { settle } from "./outcome.ts";

/** A suggestion that was shown for words of a customer, and the reply that was sent then. */
export type ToldSuggestion = {
  suggestion: Suggestion;
  conversationId: string;
  operatorId: string;
  topic: string;
  forSeq: number;
  shownAt: Date;
  reply: { messageId: string; text: string; at: Date; beganWithIt: boolean };
};

/** Keeps suggestions of the past with what became of them: a reply that began with one is compared, any other passed it over. */
export async function tellSuggestions(tx: Tx, companyId: string, told: ToldSuggestion[]): Promise<void> {
  await tx.suggestion.createMany({
    data: told.map(({ suggestion, reply, ...place }) => ({
      ...suggestion,
      ...place,
      companyId,
      messageId: reply.messageId,
      decidedAt: reply.at,
      ...(reply.beganWithIt ? settle(suggestion.text, reply.text) : { outcome: "ignored" }),
    })),
  });
}
