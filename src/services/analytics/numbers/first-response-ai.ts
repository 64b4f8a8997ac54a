import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const firstResponseAi: NumberDefinition = {
  id: "first_response_ai",
  name: "First response by the assistant",
  definition:
    "From the customer's first unanswered words to the assistant's first answer in the conversation.",
  unit: "duration",
  better: "down",
  rows: "first answers of the assistant",
  source,
  where: "f.author = 'agent' AND f.first",
};
