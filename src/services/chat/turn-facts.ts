import type { AttributeValue } from "#contracts/conditions";
import { languageOf } from "#lib/language";
import type { ConversationRecord } from "#services/conversations";
import type { TurnFacts } from "#services/escalation";

/** What is known of a conversation's customer and of the company's hours when a turn begins. */
export type Surroundings = {
  officeHours: TurnFacts["officeHours"];
  customerLanguage: string | null;
  attributes: Record<string, unknown>;
};

const longestValue = 200;
const mostAttributes = 50;

/** The facts of a turn; the language is the conversation's, else that of the words, else the customer's. */
export async function factsOfTurn(
  { channel, topic, language }: Pick<ConversationRecord, "channel" | "topic" | "language">,
  { officeHours, customerLanguage, attributes }: Surroundings,
  { question, since }: { question: string; since: number },
): Promise<TurnFacts> {
  return {
    since,
    channel,
    topic,
    language: language ?? (await languageOf(question)) ?? customerLanguage ?? undefined,
    officeHours,
    attributes: plainAttributes(attributes),
  };
}

// The ledger keeps a copy with each turn, so only what a rule can compare, and only so much.
function plainAttributes(attributes: Record<string, unknown>): Record<string, AttributeValue> {
  const plain = Object.entries(attributes).flatMap(([name, value]): [string, AttributeValue][] => {
    if (typeof value === "string") return [[name, value.slice(0, longestValue)]];
    return typeof value === "number" || typeof value === "boolean" ? [[name, value]] : [];
  });
  return Object.fromEntries(plain.slice(0, mostAttributes));
}
