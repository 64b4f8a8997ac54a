import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const outOfHours: NumberDefinition = {
  id: "out_of_hours",
  name: "Begun outside office hours",
  definition: "Of all conversations, the share whose first words came outside the company's office hours.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "NOT f.in_hours",
};
