import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const conversations: NumberDefinition = {
  id: "conversations",
  name: "Conversations",
  definition:
    "Conversations in which the customer wrote, or spoke on the phone, by the day of their first words.",
  unit: "count",
  rows: "conversations",
  source,
  where: "true",
};
