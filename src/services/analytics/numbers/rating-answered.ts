import type { NumberDefinition } from "./definition.ts";
import { ratings as source } from "./sources.ts";

export const ratingAnswered: NumberDefinition = {
  id: "rating_answered",
  name: "Answered the question",
  definition:
    "Of the questions how it was, the share that was answered. A conversation asks once about the assistant and once about a person.",
  unit: "share",
  rows: "questions",
  source,
  where: "true",
  hits: "f.score IS NOT NULL",
};
