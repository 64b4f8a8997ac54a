import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const firstResponse: NumberDefinition = {
  id: "first_response",
  name: "First response",
  definition:
    "From the customer's first written words to the first written answer, by the assistant or a person, whoever was asked for meanwhile. Conversations that nobody has answered in writing are left out.",
  unit: "duration",
  better: "down",
  rows: "answered conversations",
  source,
  where: "f.seconds IS NOT NULL",
};
