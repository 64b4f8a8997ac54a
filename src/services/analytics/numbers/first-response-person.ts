import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const firstResponsePerson: NumberDefinition = {
  id: "first_response_person",
  name: "First response by a person",
  definition:
    "From the moment a person was asked for to a person's first answer in the conversation; where nobody was asked for, or the asking was taken back, from the customer's first unanswered words, counted anew once the conversation was closed.",
  unit: "duration",
  better: "down",
  rows: "first answers of a person",
  source,
  where: "f.author = 'operator' AND f.first",
  promise: "firstResponse",
};
