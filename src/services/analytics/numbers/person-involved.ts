import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const personInvolved: NumberDefinition = {
  id: "person_involved",
  name: "Person involved",
  definition: "Of all conversations, the share that a person of the company held or wrote in.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.person",
};
