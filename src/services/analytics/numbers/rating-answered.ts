import type { NumberDefinition } from "./definition.ts";
import { ratings as source } from "./sources.ts";

export const ratingAnswered: NumberDefinition = {
  id: "rating_answered",
  name: "Answered the question",
  definition: "Of the customers who were asked how it was, the share who answered.",
  unit: "share",
  rows: "questions",
  source,
  where: "true",
  hits: "f.score IS NOT NULL",
};
