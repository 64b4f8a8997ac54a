import type { NumberDefinition } from "./definition.ts";
import { ratings as source } from "./sources.ts";

export const ratingPerson: NumberDefinition = {
  id: "rating_person",
  name: "Satisfaction with people",
  definition:
    "The average of the ratings, from 1 to 5, where a person spoke last before the end, by the day they were asked for.",
  unit: "score",
  better: "up",
  rows: "ratings of people",
  source,
  where: "f.of = 'human' AND f.score IS NOT NULL",
  value: "f.score",
};
