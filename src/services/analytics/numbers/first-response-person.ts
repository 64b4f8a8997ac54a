import type { NumberDefinition } from "./definition.ts";
import { responses as source } from "./sources.ts";

export const firstResponsePerson: NumberDefinition = {
  id: "first_response_person",
  name: "First response by a person",
  definition:
    "From the moment a person was first asked for to a person's first words; where nobody was asked for, from the customer's first unanswered words.",
  unit: "duration",
  better: "down",
  rows: "first answers of a person",
  source,
  where: "f.author = 'operator' AND f.first",
  promise: "firstResponse",
};
