import type { NumberDefinition } from "./definition.ts";
import { ratings as source } from "./sources.ts";

export const ratingAi: NumberDefinition = {
  id: "rating_ai",
  name: "Satisfaction with the assistant",
  definition:
    "The average of the ratings, from 1 to 5, where the assistant spoke last before the end, by the day they were asked for.",
  unit: "score",
  better: "up",
  rows: "ratings of the assistant",
  source,
  where: "f.of = 'ai' AND f.score IS NOT NULL",
  value: "f.score",
};
