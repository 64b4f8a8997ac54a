import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const nextResponsePerson: NumberDefinition = {
  id: "next_response_person",
  name: "Next response by a person",
  definition:
    "From the customer's first unanswered words, counted anew once the conversation was closed, to a person's answer, for every answer after the first.",
  unit: "duration",
  better: "down",
  rows: "later answers of people",
  source,
  where: "f.author = 'operator' AND NOT f.first",
  promise: "nextResponse",
};
