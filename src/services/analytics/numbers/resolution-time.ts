import type { NumberDefinition } from "./definition.ts";
import { resolutions as source } from "./sources.ts";

export const resolutionTime: NumberDefinition = {
  id: "resolution_time",
  name: "Time to resolution",
  definition:
    "From the customer's first words about it to the end: the moment a person closed it, or the last answer before the thanks or the quiet.",
  unit: "duration",
  better: "down",
  rows: "resolutions",
  source,
  where: "true",
};
