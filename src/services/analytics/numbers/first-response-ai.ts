import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const firstResponseAi: NumberDefinition = {
  id: "first_response_ai",
  name: "First response by the assistant",
  definition:
    "From the customer's first unanswered words, counted anew once the conversation was closed, to the assistant's first answer in the conversation. Words on the phone are no such answers.",
  unit: "duration",
  better: "down",
  rows: "first answers of the assistant",
  source,
  where: "f.author = 'agent' AND f.first",
};
