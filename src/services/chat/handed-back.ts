import type { Verdict } from "#contracts/escalation";
import type { AnswerResult, HandedBack } from "#services/ai";
import type { ConversationRecord, Reader } from "#services/conversations";
import { type SinceHandBack, sinceHandBack } from "./since-hand-back.ts";

/** What a person did and agreed before they gave the conversation back, and what they gave it back for. */
export function handedBackOf(
  { scope }: Pick<ConversationRecord, "scope">,
  { said }: Pick<SinceHandBack, "said">,
): HandedBack | undefined {
  if (scope === undefined) return undefined;
  return { by: scope.by?.name, note: scope.note, topics: scope.topics, said };
}

/** A verdict on words that were there at the hand-back: whatever they call for, a person has seen to it. */
export function settledVerdict({ trace }: Verdict): Verdict {
  const sentence =
    "Nothing new was said since the conversation was handed back, so nothing calls for a person.";
  return { outcome: "none", sentence, trace };
}

/** The verdict after an answer: what a hand-back settled calls for nobody, and what is outside of its scope for a person. */
export function verdictAfter(
  { settled, conversation }: { settled: boolean; conversation: Pick<ConversationRecord, "scope"> },
  found: Verdict,
  { returns }: Pick<AnswerResult, "returns">,
): Verdict {
  if (settled) return settledVerdict(found);
  if (returns === undefined || found.outcome === "escalate") return found;
  const giver = conversation.scope?.by?.name ?? "a colleague";
  const sentence = `Outside of what ${giver} handed back: ${returns.reason}`;
  return { outcome: "escalate", reason: "agent_tool", sentence, trace: found.trace };
}

/** Says whether the customer has said nothing since the conversation was handed back. */
export async function isSettled(
  who: Reader,
  conversationId: string,
  lastCustomerSeq: number,
): Promise<boolean> {
  return (await sinceHandBack(who, conversationId)).handBack > lastCustomerSeq;
}
