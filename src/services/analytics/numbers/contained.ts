import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const contained: NumberDefinition = {
  id: "contained",
  name: "Contained by the assistant",
  definition:
    "Of the conversations in which the assistant answered, in writing or on the phone, the share in which no person was ever asked for, held it, or wrote. Whoever was only offered a person and left is among them: it says nothing of whether the customer was helped.",
  unit: "share",
  better: "up",
  rows: "answered conversations",
  source,
  where: "f.answers > 0",
  hits: "NOT f.person AND f.escalations = 0",
};
