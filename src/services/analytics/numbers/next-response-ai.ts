import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const nextResponseAi: NumberDefinition = {
  id: "next_response_ai",
  name: "Next response by the assistant",
  definition:
    "From the customer's first unanswered words, counted anew once the conversation was closed, to the assistant's answer, for every answer after its first. Words on the phone are no such answers.",
  unit: "duration",
  better: "down",
  rows: "later answers of the assistant",
  source,
  where: "f.author = 'agent' AND NOT f.first",
};
